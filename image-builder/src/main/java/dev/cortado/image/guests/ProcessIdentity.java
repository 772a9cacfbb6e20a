package dev.cortado.image.guests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * A process, told from a later one that gets the same number.
 *
 * @param pid its number
 * @param start when it began: on Linux the boot's id and clock ticks since the boot, which do not
 *     change when somebody sets the clock; elsewhere the time; empty if it had ended already
 */
record ProcessIdentity(long pid, String start) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Of the fields behind the command's name (proc_pid_stat(5): state is the third). */
    private static final int STATE = 0;

    /** The 22nd field, starttime. */
    private static final int START_TIME = 22 - 3;

    ProcessIdentity {
        if (pid <= 0) {
            throw new IllegalArgumentException("no process has the number " + pid);
        }
        Objects.requireNonNull(start, "start");
    }

    /** This one. */
    static ProcessIdentity current() {
        return of(ProcessHandle.current().pid());
    }

    /** The process that has that number now. */
    static ProcessIdentity of(long pid) {
        return new ProcessIdentity(pid, startOf(pid));
    }

    boolean isAlive() {
        return !start.isEmpty() && start.equals(startOf(pid));
    }

    /** Ends it at once, if it is still there. */
    void kill() {
        // The handle first: it is of one process, and that is this one if it is alive then.
        ProcessHandle.of(pid).filter(handle -> isAlive()).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static String startOf(long pid) {
        if (!Files.exists(PROCESSES.resolve("self").resolve("stat"))) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().startInstant())
                    .map(Instant::toString)
                    .orElse("");
        }
        try {
            String line =
                    Files.readString(
                            PROCESSES.resolve(Long.toString(pid)).resolve("stat"),
                            StandardCharsets.ISO_8859_1);
            // The command's name may have anything in it, parentheses as well.
            String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
            // A zombie has ended, though nobody has asked for its exit code yet.
            boolean ended = fields.length <= START_TIME || "ZX".contains(fields[STATE]);
            return ended ? "" : bootId() + "/" + fields[START_TIME];
        } catch (IOException e) {
            return "";
        }
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
