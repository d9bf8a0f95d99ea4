"""What a process costs: CPU time of all that it waits for, and its peak memory."""
import os
import subprocess

TIME = "/usr/bin/time"


def measure(command):
    """Returns (CPU seconds, exit status)."""
    devnull = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_WRONLY, 0) for fd in (1, 2)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=devnull)
    _, status, usage = os.wait4(pid, 0)
    return usage.ru_utime + usage.ru_stime, os.waitstatus_to_exitcode(status)


def peak_memory(command):
    """In KiB. Through time(1): a child of this Python would inherit its size."""
    done = subprocess.run([TIME, "-f", "%M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True)
    return int(done.stderr.strip().splitlines()[-1])
