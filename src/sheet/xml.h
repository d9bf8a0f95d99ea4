/*
 * A pull tokeniser for the XML of workbooks. Zero-copy: names, values and texts are slices of the
 * part. It checks that the part is well-formed as far as a non-validating parser without DTDs
 * must, refuses every DOCTYPE, and turns the names a reader knows into small numbers (tokens),
 * whatever their prefixes are. A failure is sticky: after it every step says "no more", and
 * `status` tells.
 */
#ifndef TB_SHEET_XML_H
#define TB_SHEET_XML_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "base/status.h"
#include "sheet/encoding.h"

#define TB_XML_PADDING    32          /* zero bytes that must follow a part in memory */
#define TB_XML_NAMESPACES 128         /* bindings in force at one place */
#define TB_XML_CACHE      1024        /* slots for names seen before; more than a tag has */
#define TB_XML_CONTEXTS   16          /* root elements whose names are kept */
#define TB_XML_KEPT_SIZE  (64u << 10) /* bytes of those names and roots */
#define TB_XML_INDEX      256         /* slots for known names; above twice a vocabulary */
#define TB_XML_TAG_BITS   8           /* 2^8 slots for start tags seen before */
#define TB_XML_TAG_SIZE   256         /* bytes of such a tag, at most */
#define TB_XML_TAG_VALUES 6           /* attributes of it, at most */

/* One namespace address; several may have the same number (transitional and strict). A row with
 * address NULL ends the table. */
typedef struct tb_xml_namespace {
    const char *address;
    unsigned space; /* from 1; 0 means "no namespace", where unprefixed attributes live */
} tb_xml_namespace;

/* One known name. A row with local NULL ends the table. Elements and attributes share it. */
typedef struct tb_xml_name {
    unsigned space;
    const char *local;
    unsigned token; /* from 1; 0 means "not known" */
} tb_xml_name;

typedef struct tb_xml_vocabulary {
    const tb_xml_namespace *namespaces;
    const tb_xml_name *names;
} tb_xml_vocabulary;

typedef enum tb_xml_event {
    TB_XML_START, /* name, token, attributes; depth counts this element */
    TB_XML_END,   /* depth no longer counts the element that ended */
    TB_XML_TEXT,  /* text as it stands in the part */
    TB_XML_DONE,  /* the end of the part, or a failure (see status) */
} tb_xml_event;

typedef struct tb_xml_attribute {
    tb_str name;  /* with its prefix */
    tb_str value; /* as it stands between the quotes */
    unsigned token;
} tb_xml_attribute;

typedef struct tb_xml_binding {
    tb_str prefix;
    unsigned space; /* UINT_MAX: a namespace that the vocabulary does not know */
    unsigned depth; /* of the element that declares it */
} tb_xml_binding;

/* A name seen before, in this part or in another with the same declarations. */
typedef struct tb_xml_cached {
    tb_str name; /* with the byte before it and two behind it */
    unsigned token;
    uint32_t generation; /* 0: the slot is free; it counts where it is that of the tokeniser */
    uint32_t part;       /* that start_tag is from */
    bool is_usual;       /* an attribute that was written as nearly all are */
    uint64_t tag;        /* the last tag that has it as an attribute */
    tb_str start_tag;    /* of an element: how its last one that is not empty begins */
    struct tb_xml_cached *next, *first_attribute, *child; /* what came behind it the last time */
} tb_xml_cached;

/* A start tag seen before, which declares no namespace. */
typedef struct tb_xml_tag {
    uint32_t generation; /* as above */
    uint32_t part;       /* that the attributes and the note are about */
    uint32_t rival;      /* some bits of the hash of the last other tag that belongs here */
    bool is_used;        /* it came again since another one did */
    bool is_empty;
    tb_xml_cached *element;
    const void *note; /* of the reader */
    size_t size, attribute_count;
    tb_xml_attribute attributes[TB_XML_TAG_VALUES];
    struct tb_xml_tag_place {
        uint16_t name, value; /* where they stand in the tag */
    } places[TB_XML_TAG_VALUES];
    char text[TB_XML_TAG_SIZE + TB_XML_PADDING];
} tb_xml_tag;

/* Under which declarations names were seen: those of a root element, or none. */
typedef struct tb_xml_context {
    const tb_xml_vocabulary *vocabulary;
    tb_str root; /* the text of its start tag; empty: none */
    uint32_t generation;
} tb_xml_context;

typedef struct tb_xml {
    /* What the last step found. */
    tb_str name;
    unsigned token;
    unsigned depth;
    size_t attribute_count;
    const tb_xml_attribute *attributes;
    tb_str text;

    tb_status status;
    tb_error *error; /* borrowed; may be NULL */

    const char *begin, *at, *end; /* the part; *end is 0 */
    const char *part;             /* its name, for messages */
    const tb_xml_vocabulary *vocabulary;
    const tb_xml_vocabulary *indexed; /* the one that index was made for */
    uint8_t index[TB_XML_INDEX];      /* 1 + the row of a known name; 0: free */
    bool end_pending;                 /* the START just given was <empty/> */
    bool root_seen;
    bool has_references, has_returns; /* an & or a carriage return is somewhere in the part */
    bool text_is_cdata;
    size_t binding_count, cached_count;
    tb_xml_cached *element;                       /* the one that the last START was about */
    tb_xml_tag *last_tag;                         /* that START, where it is remembered */
    bool tag_is_known;                            /* it stood in the part before */
    tb_xml_cached *first_element, **next_element; /* where the next element's name is guessed */
    uint32_t generation; /* of the names that count here; another where declarations differ */
    uint32_t root_generation, last_generation;
    size_t root_bindings; /* so many namespaces are declared by the root */
    uint32_t part_number;
    bool borrows; /* some name seen lies in a part and not in `kept` */
    size_t context_count, kept_size;
    uint64_t tag;                  /* counts tags, over all parts */
    tb_str open[TB_MAX_XML_DEPTH]; /* names of the elements around */
    tb_xml_binding bindings[TB_XML_NAMESPACES];
    tb_xml_cached elements[TB_XML_CACHE], attributes_seen[TB_XML_CACHE];
    tb_xml_attribute attributes_read[TB_MAX_XML_ATTRIBUTES];
    tb_xml_tag tags[1 << TB_XML_TAG_BITS];
    tb_xml_context contexts[TB_XML_CONTEXTS];
    char kept[TB_XML_KEPT_SIZE + TB_XML_PADDING];
} tb_xml;

/*
 * Begins a part, which is followed by TB_XML_PADDING zero bytes (sheet/encoding.h makes it so).
 * Everything is borrowed. The struct is large and must be zeroed before its first part: keep one
 * and use it for every part.
 */
void tb_xml_begin(tb_xml *xml, const tb_part_text *text, const char *part,
                  const tb_xml_vocabulary *vocabulary, tb_error *error);

tb_xml_event tb_xml_next(tb_xml *xml);

/*
 * The next child element of the element that stands at `depth`; what is inside children that the
 * caller did not read is passed over. False at the parent's end or on failure:
 *     unsigned depth = xml->depth;
 *     while (tb_xml_child(xml, depth)) switch (xml->token) { … }
 */
bool tb_xml_child(tb_xml *xml, unsigned depth);

/*
 * Most cells hold one element with a text and nothing else: <c><v>1</v></c>. Where that is so, the
 * inner element is of that kind and the text means itself, gives the text and moves behind the end
 * of the element just started. False otherwise; then nothing has been read.
 */
bool tb_xml_only_child(tb_xml *xml, unsigned token, tb_str *ret_text);

/*
 * For readers that know what stands around a text: the one at that place, up to the next `<`, which
 * is returned. NULL where there is none or it does not mean itself.
 */
const char *tb_xml_plain_text(tb_xml *xml, const char *place, tb_str *ret_text);

/*
 * For readers with a short way for children that are written in just one way: where the next child
 * of the element at `depth` would begin; NULL where none can. The part's padding may be looked at.
 * Then tb_xml_pass goes behind whole elements that the reader found there, which declare nothing.
 */
const char *tb_xml_peek(tb_xml *xml, unsigned depth);
static inline void tb_xml_pass(tb_xml *xml, const char *behind)
{
    xml->at = behind;
}
/* Goes into the element whose start tag the reader found there, up to `behind`, as if a START had
 * told of it; it is not empty and declares nothing. False: it stands too deep. */
bool tb_xml_enter(tb_xml *xml, tb_str name, const char *behind);
/* The token that an element of that name would have here. */
unsigned tb_xml_element_token(const tb_xml *xml, tb_str name);

/* True when the START just found is of an element that is written as empty: <name/>. */
static inline bool tb_xml_is_empty(const tb_xml *xml)
{
    return xml->end_pending;
}

/* What a reader makes of the START just found can be kept for the next tag that is the same, byte
 * by byte: the place for it, NULL inside at first. NULL when the tag is not remembered. */
static inline const void **tb_xml_note(tb_xml *xml)
{
    return xml->last_tag != NULL ? &xml->last_tag->note : NULL;
}

/* The value of an attribute with references replaced; in the arena where it is not plain. An empty
 * text and a failure when memory runs out. */
tb_str tb_xml_attribute_text(tb_xml *xml, size_t index, tb_arena *arena);
/* The value of the attribute with that token, as it stands; false when there is none. */
bool tb_xml_find_attribute(tb_xml *xml, unsigned token, tb_str *ret_value);

/* True when the text of the last TEXT event means itself: no references, no carriage returns. */
bool tb_xml_text_is_plain(const tb_xml *xml);
/* Appends the text of the last TEXT event with references replaced and line ends made \n. */
void tb_xml_append_text(tb_xml *xml, tb_buffer *out);
/* All text directly in the element just started, up to its end: a slice of the part where
 * possible, else in the arena. `scratch` is used on the way. */
tb_str tb_xml_element_text(tb_xml *xml, tb_buffer *scratch, tb_arena *arena);

/* Stops with an error at a place in the part. For the tokeniser's own files. */
tb_status tb_xml__fail(tb_xml *xml, const char *place, tb_status status, tb_message message);
/* Stops with a status whose error is already set. Returns the status. */
tb_status tb_xml_stop(tb_xml *xml, tb_status status);
/* Stops because a text is longer than TB_MAX_TEXT_SIZE. */
tb_status tb_xml_text_too_long(tb_xml *xml);
/* Stops as damaged at the present place, with the reason. */
tb_status tb_xml_damaged(tb_xml *xml, tb_message message);

#endif
