package dev.cortado.system.guest;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Signals, from outside and from the program itself. */
final class SignalProbes {
    private SignalProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of(
                "wait-for-end", arguments -> waitForEnd(),
                "raise", SignalProbes::raise,
                "handle", arguments -> handle(),
                "handle-end", arguments -> handleEnd(),
                "ignore-end", arguments -> ignoreEnd(),
                "signal-rules", arguments -> rules());
    }

    /** Runs until somebody ends it. */
    private static void waitForEnd() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook has run")));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    /** One that nobody has replaced: hooks run. */
    private static void raise(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook has run")));
        Signal.raise(new Signal(arguments[0]));
        new CountDownLatch(1).await();
    }

    private static void handle() throws InterruptedException {
        CountDownLatch handled = new CountDownLatch(1);
        Signal signal = new Signal("USR2");
        SignalHandler old =
                Signal.handle(
                        signal,
                        got -> {
                            Thread thread = Thread.currentThread();
                            System.out.println(
                                    got + " " + got.getNumber() + " in " + thread.getName());
                            handled.countDown();
                        });
        System.out.println(old == SignalHandler.SIG_DFL ? "default before" : "not default");
        Signal.raise(signal);
        handled.await();
    }

    /** From outside; chains to the handler that was there. */
    private static void handleEnd() throws InterruptedException {
        SignalHandler[] old = new SignalHandler[1];
        CountDownLatch installed = new CountDownLatch(1);
        old[0] =
                Signal.handle(
                        new Signal("TERM"),
                        got -> {
                            try {
                                installed.await();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                            System.out.println("handling " + got);
                            old[0].handle(got);
                        });
        installed.countDown();
        waitForEnd();
    }

    /** It is ended by its own, not from outside. */
    private static void ignoreEnd() throws InterruptedException {
        Signal.handle(new Signal("TERM"), SignalHandler.SIG_IGN);
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private static void rules() {
        for (String name : new String[] {"KILL", "SEGV", "QUIT", "NOSUCH", "SIGINT"}) {
            try {
                Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
                System.out.println(name + " can be handled");
            } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
        }
        try {
            Signal.raise(new Signal("USR2"));
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
