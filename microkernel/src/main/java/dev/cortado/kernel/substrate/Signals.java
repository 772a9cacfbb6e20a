package dev.cortado.kernel.substrate;

import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.jdk.SignalHandlerSupport;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.machine.Requests;

/**
 * Signals, as Linux numbers and names them and HotSpot handles them. The machine sends two: a power
 * button is SIGTERM, Ctrl-C at the console's terminal SIGINT. The program can raise all.
 */
public final class Signals implements SignalHandlerSupport {
    /** What a signal does, as {@code jdk.internal.misc.Signal.handle0} says it. */
    private static final long DEFAULT = 0;

    private static final long IGNORE = 1;
    private static final long JAVA_HANDLER = 2;
    private static final long REFUSED = -1;

    private static final int NONE = -1;

    /** By number, signal(7). */
    private static final String[] NAMES = {
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
        "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
        "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS"
    };

    /** Those that a JVM, or Linux, keeps for itself: QUIT, ILL, FPE, KILL, SEGV, STOP. */
    private static final int RESERVED = 1 << 3 | 1 << 4 | 1 << 8 | 1 << 9 | 1 << 11 | 1 << 19;

    /** Those that do nothing by default: CHLD, CONT, URG, WINCH; or stop: TSTP, TTIN, TTOU. */
    private static final int HARMLESS =
            1 << 17 | 1 << 18 | 1 << 23 | 1 << 28 | 1 << 20 | 1 << 21 | 1 << 22;

    private static final long[] HANDLERS = new long[NAMES.length];

    /** As HotSpot starts: SIGHUP, SIGINT and SIGTERM run shutdown hooks. */
    static final class Start implements RuntimeSupport.Hook {
        @Override
        public void execute(boolean isFirstIsolate) {
            Target_java_lang_Terminator_Cortado.setup();
        }
    }

    /** A signal's number, {@link #NONE} if there is none of that name, which has no SIG. */
    public static int number(String name) {
        for (int i = 1; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return i;
            }
        }
        return switch (name) {
            case "IOT" -> number("ABRT");
            case "CLD" -> number("CHLD");
            case "POLL" -> number("IO");
            default -> NONE;
        };
    }

    @Override
    public long installJavaSignalHandler(int number, long handler) {
        if (number <= 0 || number >= NAMES.length || (RESERVED >>> number & 1) != 0) {
            return REFUSED;
        }
        synchronized (HANDLERS) {
            long old = HANDLERS[number];
            HANDLERS[number] = handler;
            return old;
        }
    }

    /** Raises one of the program's own, which another thread handles. */
    public static void raise(int number) {
        Requests.ask(number);
    }

    /** Does what the signal is to do. */
    static void deliver(int number) {
        long handler;
        synchronized (HANDLERS) {
            handler = HANDLERS[number];
        }
        if (handler == JAVA_HANDLER) {
            Target_jdk_internal_misc_Signal_Cortado.dispatch(number);
        } else if (handler == DEFAULT && (HARMLESS >>> number & 1) == 0) {
            Machine.exit(128 + number);
        } else if (handler != DEFAULT && handler != IGNORE) {
            throw new IllegalStateException("signal handler " + handler);
        }
    }

    @Override
    public void stopDispatcherThread() {
        // It is the kernel's, and handles signals up to the end.
    }
}
