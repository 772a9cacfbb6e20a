package dev.cortado.image.run;

import dev.cortado.image.UserError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While a guest runs, the signals that end a program are the guest's: the first asks it to end, as
 * soon as a guest that is still booting can be asked, and the second kills it.
 */
final class EndSignals implements AutoCloseable {
    private static final String[] NAMES = {"HUP", "INT", "TERM"};
    private static final int TERMINATE = 15;
    private static final int OF_SIGNAL = 128;
    private static final long PERIOD_MILLIS = 100;

    /** What became of a question. */
    enum Answer {
        ASKED,
        /** The guest is not so far. */
        NOT_YET,
        /** There is no way to ask it. */
        IMPOSSIBLE
    }

    /** Lets a toolstack's program ask a guest to end. */
    @FunctionalInterface
    interface Question {
        ProgramResult ask() throws IOException, InterruptedException;
    }

    private record Replaced(Signal signal, SignalHandler handler) {}

    private final List<Replaced> replaced = new ArrayList<>();
    private final Supplier<Answer> ask;
    private final Runnable kill;
    private Thread asking;
    private volatile int number;
    private volatile boolean killed;

    /**
     * @param ask asks the guest to end; a guest that cannot be asked is killed
     * @param kill ends it at once
     */
    EndSignals(Supplier<Answer> ask, Runnable kill) {
        this.ask = ask;
        this.kill = kill;
        for (String name : NAMES) {
            try {
                Signal signal = new Signal(name);
                replaced.add(new Replaced(signal, Signal.handle(signal, this::arrived)));
            } catch (IllegalArgumentException e) {
                // Windows has no HUP; a JVM with -Xrs leaves all to the system.
                continue;
            }
        }
    }

    /** What became of a question that a toolstack's program has put. */
    static Answer ask(Question question) {
        try {
            return question.ask().succeeded() ? Answer.ASKED : Answer.IMPOSSIBLE;
        } catch (IOException | UserError e) {
            return Answer.IMPOSSIBLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.ASKED;
        }
    }

    /** A signal has come. */
    synchronized void arrived(Signal signal) {
        if (number != 0) {
            kill();
            return;
        }
        number = signal.getNumber();
        asking = new Thread(this::askOnce, "end-request");
        asking.setDaemon(true);
        asking.start();
    }

    private void askOnce() {
        try {
            Answer answer = ask.get();
            while (answer == Answer.NOT_YET) {
                Thread.sleep(PERIOD_MILLIS);
                answer = ask.get();
            }
            if (answer == Answer.IMPOSSIBLE) {
                kill();
            }
        } catch (InterruptedException e) {
            // It has ended.
            return;
        }
    }

    private void kill() {
        killed = true;
        kill.run();
    }

    /** Whether it was killed by a signal, and so does not say how it ended. */
    boolean haveKilled() {
        return killed;
    }

    /** What a program returns that the signal has killed. */
    int exitCode() {
        return OF_SIGNAL + number;
    }

    /**
     * The guest takes every signal for SIGTERM.
     *
     * @param code its exit code
     * @return what a program would return that got the signal itself
     */
    int exitCode(int code) {
        return number != 0 && code == OF_SIGNAL + TERMINATE ? exitCode() : code;
    }

    /** Signals are again whose they were. */
    @Override
    public synchronized void close() {
        if (asking != null) {
            asking.interrupt();
        }
        replaced.forEach(each -> Signal.handle(each.signal(), each.handler()));
    }
}
