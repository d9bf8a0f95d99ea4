/*
 * Everything of the office that we call or name, one row each. A row is resolved against the
 * office's type library at its first use; a test resolves the whole table, so that a misspelling
 * fails there and not under a user's click.
 *
 * MEMBER(module, interface, member): com.sun.star.<module>.<interface>::<member>, known here as
 * TB_<interface>_<member>. ATTRIBUTE is the same for an attribute. TYPE(id, class, name) is a type
 * of which we make values.
 */
#ifndef TB_CALC_UNO_MEMBERS_H
#define TB_CALC_UNO_MEMBERS_H

/* clang-format off */
#define TB_UNO_MEMBERS(MEMBER, ATTRIBUTE) \
    MEMBER(accessibility, XAccessible, getAccessibleContext) \
    MEMBER(accessibility, XAccessibleComponent, getBounds) \
    MEMBER(accessibility, XAccessibleContext, getAccessibleChild) \
    MEMBER(accessibility, XAccessibleContext, getAccessibleChildCount) \
    MEMBER(accessibility, XAccessibleContext, getAccessibleRole) \
    MEMBER(accessibility, XAccessibleEventBroadcaster, addAccessibleEventListener) \
    MEMBER(accessibility, XAccessibleEventBroadcaster, removeAccessibleEventListener) \
    MEMBER(accessibility, XAccessibleTable, getAccessibleCellAt) \
    MEMBER(awt, XContainerWindowProvider, createContainerWindow) \
    MEMBER(awt, XControl, getModel) \
    MEMBER(awt, XControlContainer, getControl) \
    MEMBER(awt, XDialog, endExecute) \
    MEMBER(awt, XDialog, execute) \
    MEMBER(awt, XDialogProvider2, createDialogWithHandler) \
    MEMBER(awt, XListBox, getSelectedItemPos) \
    MEMBER(awt, XListBox, selectItemPos) \
    MEMBER(awt, XMessageBox, execute) \
    MEMBER(awt, XMessageBoxFactory, createMessageBox) \
    MEMBER(awt, XRequestCallback, addCallback) \
    MEMBER(awt, XTopWindow, addTopWindowListener) \
    MEMBER(awt, XTopWindow, toFront) \
    MEMBER(awt, XToolkit, createWindow) \
    MEMBER(awt, XToolkit, getWorkArea) \
    MEMBER(awt, XVclContainer, getWindows) \
    MEMBER(awt, XVclWindowPeer, setProperty) \
    MEMBER(awt, XWindow, addKeyListener) \
    MEMBER(awt, XWindow, addMouseListener) \
    MEMBER(awt, XWindow, addWindowListener) \
    MEMBER(awt, XWindow, getPosSize) \
    MEMBER(awt, XWindow, setFocus) \
    MEMBER(awt, XWindow, setPosSize) \
    MEMBER(awt, XWindow, setVisible) \
    MEMBER(awt, XWindowPeer, getToolkit) \
    MEMBER(awt, XWindowPeer, setBackground) \
    MEMBER(awt.grid, XGridColumnModel, addColumn) \
    MEMBER(awt.grid, XGridColumnModel, createColumn) \
    MEMBER(awt.grid, XGridColumnModel, getColumn) \
    ATTRIBUTE(awt.grid, XGridColumn, ColumnWidth) \
    ATTRIBUTE(awt.grid, XGridColumn, Flexibility) \
    ATTRIBUTE(awt.grid, XGridColumn, Title) \
    MEMBER(awt.grid, XGridControl, goToCell) \
    MEMBER(awt.grid, XGridRowSelection, addSelectionListener) \
    MEMBER(awt.grid, XGridRowSelection, deselectAllRows) \
    MEMBER(awt.grid, XGridRowSelection, getSelectedRows) \
    MEMBER(awt.grid, XGridRowSelection, selectRow) \
    MEMBER(awt.grid, XMutableGridDataModel, addRows) \
    MEMBER(awt.grid, XMutableGridDataModel, removeAllRows) \
    MEMBER(beans, XPropertySet, getPropertySetInfo) \
    MEMBER(beans, XPropertySet, getPropertyValue) \
    MEMBER(beans, XPropertySet, setPropertyValue) \
    MEMBER(beans, XPropertySetInfo, getPropertyByName) \
    MEMBER(container, XElementAccess, hasElements) \
    MEMBER(container, XIndexAccess, getByIndex) \
    MEMBER(container, XIndexAccess, getCount) \
    MEMBER(container, XNameAccess, getByName) \
    MEMBER(container, XNameAccess, getElementNames) \
    MEMBER(container, XNameAccess, hasByName) \
    MEMBER(container, XNamed, getName) \
    MEMBER(deployment, XPackageInformationProvider, getPackageLocation) \
    MEMBER(document, XDocumentEventBroadcaster, addDocumentEventListener) \
    MEMBER(document, XDocumentEventBroadcaster, removeDocumentEventListener) \
    MEMBER(document, XDocumentPropertiesSupplier, getDocumentProperties) \
    MEMBER(document, XDocumentProperties, getUserDefinedProperties) \
    MEMBER(document, XUndoManager, clearRedo) \
    MEMBER(document, XUndoManager, enterUndoContext) \
    MEMBER(document, XUndoManager, getAllUndoActionTitles) \
    MEMBER(document, XUndoManager, leaveUndoContext) \
    MEMBER(document, XUndoManager, undo) \
    MEMBER(document, XUndoManagerSupplier, getUndoManager) \
    MEMBER(frame, XComponentLoader, loadComponentFromURL) \
    MEMBER(frame, XController, getFrame) \
    MEMBER(frame, XController, getModel) \
    MEMBER(frame, XController2, getSidebar) \
    MEMBER(frame, XDispatch, addStatusListener) \
    MEMBER(frame, XDispatch, dispatch) \
    MEMBER(frame, XDispatch, removeStatusListener) \
    MEMBER(frame, XDispatchHelper, executeDispatch) \
    MEMBER(frame, XDispatchProvider, queryDispatch) \
    MEMBER(frame, XFrame, addFrameActionListener) \
    MEMBER(frame, XDispatchProvider, queryDispatches) \
    MEMBER(frame, XDispatchProviderInterception, registerDispatchProviderInterceptor) \
    MEMBER(frame, XFrame, getController) \
    MEMBER(frame, XFrame, getComponentWindow) \
    MEMBER(frame, XFrame, getContainerWindow) \
    MEMBER(frame, XModel, getArgs) \
    MEMBER(frame, XModel, getCurrentController) \
    MEMBER(frame, XModel, getURL) \
    MEMBER(frame, XModel, hasControllersLocked) \
    MEMBER(frame, XStatusListener, statusChanged) \
    MEMBER(frame, XStorable, isReadonly) \
    MEMBER(frame, XStorable, storeToURL) \
    MEMBER(lang, XComponent, addEventListener) \
    MEMBER(lang, XComponent, dispose) \
    MEMBER(lang, XComponent, removeEventListener) \
    MEMBER(lang, XMultiComponentFactory, createInstanceWithArgumentsAndContext) \
    MEMBER(lang, XMultiComponentFactory, createInstanceWithContext) \
    MEMBER(lang, XMultiServiceFactory, createInstance) \
    MEMBER(lang, XMultiServiceFactory, createInstanceWithArguments) \
    MEMBER(lang, XServiceInfo, supportsService) \
    MEMBER(sheet, XCalculatable, calculateAll) \
    MEMBER(sheet, XCellRangeAddressable, getRangeAddress) \
    MEMBER(sheet, XCellRangeData, getDataArray) \
    MEMBER(sheet, XCellRangeData, setDataArray) \
    MEMBER(sheet, XCellRangeFormula, getFormulaArray) \
    MEMBER(sheet, XCellRangeMovement, copyRange) \
    MEMBER(sheet, XCellRangesQuery, queryContentCells) \
    MEMBER(sheet, XCellRangesQuery, queryVisibleCells) \
    MEMBER(sheet, XResultListener, modified) \
    MEMBER(sheet, XSheetCellCursor, collapseToMergedArea) \
    MEMBER(sheet, XSheetCellRangeContainer, addRangeAddresses) \
    MEMBER(sheet, XSheetCellRanges, getRangeAddresses) \
    MEMBER(sheet, XSheetOperation, clearContents) \
    MEMBER(sheet, XSpreadsheet, createCursorByRange) \
    MEMBER(sheet, XSpreadsheetDocument, getSheets) \
    MEMBER(sheet, XSpreadsheetView, setActiveSheet) \
    MEMBER(sheet, XSpreadsheets, insertNewByName) \
    MEMBER(sheet, XUniqueCellFormatRangesSupplier, getUniqueCellFormatRanges) \
    MEMBER(sheet, XViewPane, getVisibleRange) \
    MEMBER(system, XSimpleMailClient, createSimpleMailMessage) \
    MEMBER(system, XSimpleMailClient, sendSimpleMailMessage) \
    MEMBER(system, XSimpleMailClientSupplier, querySimpleMailClient) \
    MEMBER(system, XSimpleMailMessage, setAttachement) \
    MEMBER(system, XSimpleMailMessage, setCcRecipient) \
    MEMBER(system, XSimpleMailMessage, setRecipient) \
    MEMBER(system, XSimpleMailMessage, setSubject) \
    ATTRIBUTE(system, XSimpleMailMessage2, Body) \
    MEMBER(system, XSystemShellExecute, execute) \
    MEMBER(table, XCell, getError) \
    MEMBER(table, XCell, getFormula) \
    MEMBER(table, XCell, getType) \
    MEMBER(table, XCell, setFormula) \
    MEMBER(table, XCell, setValue) \
    MEMBER(table, XCellRange, getCellByPosition) \
    MEMBER(table, XCellRange, getCellRangeByPosition) \
    MEMBER(table, XColumnRowRange, getColumns) \
    MEMBER(table, XColumnRowRange, getRows) \
    MEMBER(table, XTableRows, insertByIndex) \
    MEMBER(table, XTableRows, removeByIndex) \
    MEMBER(text, XTextRange, getString) \
    MEMBER(text, XTextRange, setString) \
    MEMBER(ui, XDeck, activate) \
    MEMBER(ui, XDeck, isActive) \
    MEMBER(ui, XSidebarProvider, getDecks) \
    MEMBER(ui, XSidebarProvider, isVisible) \
    MEMBER(ui, XSidebarProvider, setVisible) \
    MEMBER(ui, XSidebarProvider, showDecks) \
    MEMBER(ui.dialogs, XExecutableDialog, execute) \
    MEMBER(ui.dialogs, XFolderPicker, getDirectory) \
    MEMBER(uno, XComponentContext, getServiceManager) \
    MEMBER(uno, XComponentContext, getValueByName) \
    MEMBER(uno, XInterface, queryInterface) \
    MEMBER(util, XChangesBatch, commitChanges) \
    MEMBER(util, XMergeable, getIsMerged) \
    MEMBER(util, XMergeable, merge) \
    MEMBER(util, XModifyBroadcaster, addModifyListener) \
    MEMBER(util, XNumberFormats, getByKey) \
    MEMBER(util, XNumberFormatsSupplier, getNumberFormats) \
    MEMBER(util, XProtectable, isProtected) \
    MEMBER(util, XProtectable, protect) \
    MEMBER(util, XProtectable, unprotect) \
    MEMBER(util, XStringSubstitution, substituteVariables) \
    MEMBER(view, XSelectionSupplier, getSelection) \
    MEMBER(view, XSelectionSupplier, select)

#define TB_UNO_TYPES(TYPE) \
    TYPE(ANY, ANY, "any") \
    TYPE(BOOLEAN, BOOLEAN, "boolean") \
    TYPE(DOUBLE, DOUBLE, "double") \
    TYPE(FLOAT, FLOAT, "float") \
    TYPE(LONG, LONG, "long") \
    TYPE(SHORT, SHORT, "short") \
    TYPE(STRING, STRING, "string") \
    TYPE(TYPES, SEQUENCE, "[]type") \
    TYPE(BYTES, SEQUENCE, "[]byte") \
    TYPE(STRINGS, SEQUENCE, "[]string") \
    TYPE(ANYS, SEQUENCE, "[]any") \
    TYPE(ANY_ROWS, SEQUENCE, "[][]any") \
    TYPE(RANGE_ADDRESSES, SEQUENCE, "[]com.sun.star.table.CellRangeAddress") \
    TYPE(INTERFACE, INTERFACE, "com.sun.star.uno.XInterface") \
    TYPE(DISPATCHES, SEQUENCE, "[]com.sun.star.frame.XDispatch") \
    TYPE(URL, STRUCT, "com.sun.star.util.URL") \
    TYPE(WINDOW_PEER, INTERFACE, "com.sun.star.awt.XWindowPeer") \
    TYPE(SPREADSHEET, INTERFACE, "com.sun.star.sheet.XSpreadsheet") \
    TYPE(CELL_RANGE_ADDRESSABLE, INTERFACE, "com.sun.star.sheet.XCellRangeAddressable") \
    TYPE(SHEET_CELL_RANGE, INTERFACE, "com.sun.star.sheet.XSheetCellRange") \
    TYPE(RUNTIME_EXCEPTION, EXCEPTION, "com.sun.star.uno.RuntimeException") \
    TYPE(ARGUMENT_EXCEPTION, EXCEPTION, "com.sun.star.lang.IllegalArgumentException") \
    TYPE(PROPERTY_VALUES, SEQUENCE, "[]com.sun.star.beans.PropertyValue") \
    TYPE(NAMED_VALUE, STRUCT, "com.sun.star.beans.NamedValue")
/* clang-format on */

typedef enum tb_member {
#define TB_MEMBER_ID(module, interface, member) TB_##interface##_##member,
    TB_UNO_MEMBERS(TB_MEMBER_ID, TB_MEMBER_ID)
#undef TB_MEMBER_ID
        TB_MEMBER_COUNT
} tb_member;

typedef enum tb_type {
#define TB_TYPE_ID(id, class, name) TB_TYPE_##id,
    TB_UNO_TYPES(TB_TYPE_ID)
#undef TB_TYPE_ID
        TB_TYPE_COUNT
} tb_type;

#endif
