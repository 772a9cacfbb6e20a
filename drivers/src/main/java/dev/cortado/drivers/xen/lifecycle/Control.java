package dev.cortado.drivers.xen.lifecycle;

import dev.cortado.drivers.xen.power.Schedule;
import dev.cortado.drivers.xen.power.XenPower;
import dev.cortado.drivers.xen.store.DomainStore;
import dev.cortado.drivers.xen.store.StoreException;
import dev.cortado.drivers.xen.store.WatchEvent;
import dev.cortado.drivers.xen.store.WatchQueue;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.machine.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Does what dom0 asks for in xenstore (docs/misc/xenstore-paths.pandoc): a thread of its own, so
 * that it answers whatever the program does.
 */
final class Control implements Runnable {
    /** What a JVM that is told to end by SIGTERM returns. */
    static final int TERMINATED = 128 + 15;

    private static final String SHUTDOWN = "control/shutdown";
    private static final String SYSTEM_REQUEST = "control/sysrq";
    private static final String CPUS = "cpu";
    private static final String MEMORY_TARGET = "memory/target";

    /** When to try again what there was no memory for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String[] FEATURES = {"poweroff", "reboot", "suspend", "sysrq"};

    private final WatchQueue queue = new WatchQueue();
    private final CpuControl cpus = new CpuControl();
    private XenStore store;
    private Balloon balloon;

    @Override
    public void run() {
        try {
            store = DomainStore.get();
            announce();
            store.watch(SHUTDOWN, queue);
            store.watch(SYSTEM_REQUEST, queue);
            store.watch(CPUS, queue);
            balloon = Balloon.create(store);
            store.watch(MEMORY_TARGET, queue);
            while (true) {
                WatchEvent event = balloon.isDone() ? queue.take() : queue.poll(PATIENCE);
                while (event != null && !isHandled(event)) {
                    Thread.sleep(PATIENCE);
                }
                runBalloon();
            }
        } catch (IOException e) {
            System.err.println("cortado: xl cannot control this domain: " + e.getMessage());
        } catch (InterruptedException e) {
            // Nobody interrupts it.
        }
    }

    /** Where the tool stack lets us. */
    private void announce() throws IOException {
        for (String feature : FEATURES) {
            try {
                store.write("control/feature-" + feature, "1");
            } catch (StoreException e) {
                // It is told to those who ask; nothing depends on it.
            }
        }
    }

    /** False: there is no memory for it now, and dom0 does not ask again. */
    private boolean isHandled(WatchEvent event) throws IOException, InterruptedException {
        try {
            handle(event);
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    private void runBalloon() {
        try {
            balloon.run();
        } catch (OutOfMemoryError e) {
            // It goes on when it is not done.
        }
    }

    private void handle(WatchEvent event) throws IOException, InterruptedException {
        switch (event.watch().path()) {
            case SHUTDOWN -> shutDown(take(SHUTDOWN));
            case SYSTEM_REQUEST -> {
                String request = take(SYSTEM_REQUEST);
                if (!request.isEmpty()) {
                    SystemRequest.run(request.charAt(0));
                }
            }
            case CPUS -> cpus.update(store);
            case MEMORY_TARGET -> balloon.setTarget(store);
            default -> throw new IllegalStateException(event.toString());
        }
    }

    /** What is asked for, which is also the answer that it has been seen; empty for nothing. */
    private String take(String path) throws IOException {
        return store.inTransaction(transaction -> {
            String value = transaction.readTextOrNull(path);
            if (value == null || value.isEmpty()) {
                return "";
            }
            transaction.write(path, "");
            return value;
        });
    }

    private static void shutDown(String how) throws InterruptedException {
        switch (how) {
            case "" -> {}
            case "poweroff", "halt" -> exit(Schedule.POWER_OFF);
            case "reboot" -> exit(Schedule.REBOOT);
            case "suspend" -> Suspension.run();
            case "crash" -> crash("dom0 asked for it");
            default -> System.err.println("cortado: dom0 asks for an unknown shutdown: " + how);
        }
    }

    /** As a power button does it. */
    private static void exit(int reason) {
        XenPower.setReason(reason);
        Machine.askToEnd();
    }

    static void crash(String why) {
        for (byte character : ("crash: " + why).getBytes(StandardCharsets.US_ASCII)) {
            Machine.explain(character);
        }
        Machine.panic();
    }
}
