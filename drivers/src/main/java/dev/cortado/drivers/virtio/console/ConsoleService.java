package dev.cortado.drivers.virtio.console;

import dev.cortado.drivers.block.LoggedDeaths;
import dev.cortado.drivers.virtio.bus.VirtioBus;
import dev.cortado.drivers.virtio.bus.VirtioConnection;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.ConsoleDevice;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.ipc.Supervisor;
import dev.cortado.kernel.machine.LastTasks;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.memory.VirtualMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.WordFactory;

/**
 * The machine's first virtio console as a supervised service, from before main until the machine's
 * end. A machine that has none has the serial port. What was written and has perhaps left the
 * machine when a driver dies is written again, and that is said.
 */
public final class ConsoleService implements Runnable {
    /** How long the thread waits for one interrupt: for ever, but for arithmetic. */
    private static final long LONG = TimeUnit.DAYS.toNanos(1);

    /** Before the serial port is asked again whether it has sent what it had. */
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(1);

    /** What a device that loses its driver has for what it was given. */
    private static final long END_PATIENCE = TimeUnit.SECONDS.toNanos(2);

    /** When a driver has died, output waits so long for one with somebody at its other end. */
    private static final long NEXT_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** Without a byte that goes out, nobody reads any more, and the machine may end. */
    private static final long LAST_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private static final int MOST_SAID = 1024;

    private final MachineConsole console;
    private VirtioPlace place;
    private DeviceBlock said;

    /** When there was a driver with somebody at its other end, if there is none. */
    private long lastOpen;

    @Platforms(Platform.HOSTED_ONLY.class)
    public ConsoleService() {
        console = new MachineConsole();
    }

    /** What the kernel is to write to. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public ConsoleDevice device() {
        return console;
    }

    /** Starts the driver, if there is something for it. Nobody waits for it. */
    @Override
    public void run() {
        List<VirtioPlace> places = VirtioBus.get().places(DeviceType.CONSOLE);
        if (places.isEmpty()) {
            return;
        }
        place = places.getFirst();
        DeviceFrames frames = new DeviceFrames(new PooledFrames(), "console");
        try {
            said = frames.allocate(MOST_SAID, BuddyAllocator.NO_LIMIT);
            console.line()
                    .place(
                            frames.allocate(ConsoleLine.OUTPUT_BYTES, BuddyAllocator.NO_LIMIT),
                            frames.allocate(ConsoleLine.INPUT_BYTES, BuddyAllocator.NO_LIMIT));
        } catch (IOException e) {
            frames.close(); // no memory to say so, either
            return;
        }
        LastTasks.add(this::awaitOutput);
        new Supervisor(new LoggedDeaths(this::say).after(cause -> leaveLine()))
                .start(
                        "console " + place.name(),
                        () -> this::live,
                        Contract.FAIL,
                        LoggedDeaths.POLICY);
    }

    /** Until the driver dies; a device whose host goes away begins anew, for the next host. */
    private void live(Server<Void, Void> server) throws IOException, InterruptedException {
        while (true) {
            if (isLate()) {
                leaveLine();
            }
            liveOnce();
            leaveLine();
        }
    }

    /** Whether output has waited for the next driver for too long. */
    private boolean isLate() {
        return console.isOnLine() && System.nanoTime() - lastOpen >= NEXT_PATIENCE;
    }

    /** Until the host closes its end, or does not open it in time. */
    private void liveOnce() throws IOException, InterruptedException {
        try (VirtioConnection connection = place.open(0)) {
            VirtioConsole life =
                    new VirtioConsole(connection.device(), console.line(), console.listener());
            console.setDriver(connection.word(), life.emergency());
            try {
                serve(connection, life);
                console.beginToLeaveLine();
            } finally {
                if (life.isOpen()) {
                    lastOpen = System.nanoTime();
                }
                console.clearDriver();
                long uncertain = life.end(connection, System::nanoTime, END_PATIENCE);
                if (uncertain > 0) {
                    say(life.name() + ": " + uncertain + " bytes may be on the console twice");
                }
            }
        }
    }

    private void serve(VirtioConnection connection, VirtioConsole life)
            throws IOException, InterruptedException {
        boolean wasOpen = false;
        while (life.isOpen() || !wasOpen && !isLate()) {
            boolean isDone = life.service();
            wasOpen |= life.isOpen();
            long patience = patience(life);
            connection.await(isDone ? patience : 0);
            if (connection.takeConfigurationChange()) {
                life.configurationChanged();
            }
        }
    }

    private long patience(VirtioConsole life) {
        if (life.isOpen()) {
            return console.takeLine() ? LONG : SOON;
        }
        return console.isOnLine() ? NEXT_PATIENCE : LONG;
    }

    /** What is still on the line goes to the serial port. */
    private void leaveLine() {
        console.beginToLeaveLine();
        boolean interrupted = false;
        while (!console.leaveLine()) {
            try {
                TimeUnit.NANOSECONDS.sleep(SOON);
            } catch (InterruptedException e) {
                interrupted = true; // afterwards: writers wait until this is done
            }
        }
        Console.roomForOutput();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before the machine ends: as long as somebody reads. */
    private void awaitOutput() {
        boolean interrupted = false;
        long position = console.line().output().consumed();
        long since = System.nanoTime();
        while (!console.isEmpty() && System.nanoTime() - since < LAST_PATIENCE) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                interrupted = true; // the program's end does not end before its output has
            }
            long now = console.line().output().consumed();
            if (now != position) {
                position = now;
                since = System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Past the line, whose driver may be dead. */
    private synchronized void say(String text) {
        byte[] bytes = ("cortado: " + text + "\n").getBytes(StandardCharsets.UTF_8);
        int count = Math.min(bytes.length, MOST_SAID);
        new VirtualMemory().copyIn(bytes, 0, said.address(), count);
        console.say(WordFactory.pointer(said.address()), count);
    }
}
