package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.kernel.ipc.PostponedInterrupt;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The lives of a controller's driver, whose disks take over from those in the same places. */
final class ControllerLives {
    /** How long the thread waits for one interrupt: for ever, but for arithmetic. */
    private static final long LONG = TimeUnit.DAYS.toNanos(1);

    private final String name;
    private final ControllerLife.Start start;
    private final Consumer<String> log;

    /** By their places; null until the driver has begun once. */
    private Map<String, RestartableBlockDevice> disks;

    private Throwable end;

    ControllerLives(String name, ControllerLife.Start start, Consumer<String> log) {
        this.name = name;
        this.start = start;
        this.log = log;
    }

    /** In their order at the controller, by their places there. */
    synchronized Map<String, BlockDevice> disks() {
        return new LinkedHashMap<>(disks);
    }

    /**
     * Waits until the driver has begun once.
     *
     * @throws IOException it could not, or was given up before
     */
    synchronized void awaitBegin() throws IOException {
        PostponedInterrupt.during(() -> {
            while (disks == null && end == null) {
                wait();
            }
        });
        if (disks == null) {
            throw new IOException(name + ": " + end.getMessage(), end);
        }
    }

    /** One life, which ends with an exception. */
    void live() throws IOException, InterruptedException {
        try (ControllerLife life = start()) {
            begin(life);
            try {
                while (true) {
                    life.serve(LONG);
                    life.checkAlive();
                }
            } finally {
                try {
                    // Whoever waits for a request must not wait for a thread that is no more.
                    life.close();
                } finally {
                    end(life);
                }
            }
        }
    }

    /** A controller that could not be driven at first is given up; later, there is hope. */
    private ControllerLife start() throws IOException, InterruptedException {
        try {
            return start.start(log);
        } catch (Throwable e) {
            giveUpUnbegun(e);
            throw e;
        }
    }

    private synchronized void giveUpUnbegun(Throwable why) {
        if (disks == null) {
            giveUp(why);
        }
    }

    private synchronized void begin(ControllerLife life) {
        if (disks == null) {
            disks = new LinkedHashMap<>();
            for (ControllerDisk found : life.disks()) {
                disks.put(found.place(), new RestartableBlockDevice(name + ' ' + found.place()));
            }
        }
        Map<String, RestartableBlockDevice> missing = new LinkedHashMap<>(disks);
        for (ControllerDisk found : life.disks()) {
            RestartableBlockDevice device = missing.remove(found.place());
            if (device != null) {
                device.begin(found.disk());
            }
        }
        missing.values().forEach(device -> device.giveUp(new IOException("it is not there now")));
        notifyAll();
    }

    private synchronized void end(ControllerLife life) {
        for (ControllerDisk found : life.disks()) {
            RestartableBlockDevice device = disks.get(found.place());
            if (device != null) {
                device.end(found.disk());
            }
        }
    }

    /** There is none any more. The first reason stays. */
    synchronized void giveUp(Throwable why) {
        if (end == null) {
            end = why;
        }
        if (disks != null) {
            disks.values().forEach(device -> device.giveUp(why));
        }
        notifyAll();
    }
}
