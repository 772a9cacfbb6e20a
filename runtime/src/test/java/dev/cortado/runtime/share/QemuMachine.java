package dev.cortado.runtime.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.virtio.transport.MmioTransport;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A machine of QEMU's that does nothing, with a virtio device whose driver runs here: its memory is
 * shared, and its registers are reached by QEMU's protocol for tests.
 */
public final class QemuMachine implements AutoCloseable {
    private static final String QEMU = "qemu-system-x86_64";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Where microvm has its first place for a virtio device (docs/system/i386/microvm). */
    private static final long REGISTERS = 0xfeb0_0000L;

    /** Behind what machines have of their own. */
    private static final long FRAMES = 16 << 20;

    private static final int MAGIC = 0x7472_6976;
    private static final long PAUSE_NANOS = 50_000;

    private Path memory;
    private Process process;
    private Registers registers;
    private FrameSource frames;
    private Thread service;

    /** Whether there is a QEMU here that has the device. */
    public static boolean canHave(String device) {
        try {
            Process help =
                    new ProcessBuilder(QEMU, "-device", "help").redirectErrorStream(true).start();
            String devices = new String(help.getInputStream().readAllBytes());
            return devices.contains('"' + device + '"') && Files.isWritable(SHARED_MEMORY);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param options QEMU's words for what its processor does, and for the device, on {@code
     *     virtio-mmio-bus.0}
     */
    public void start(List<String> options) throws IOException {
        memory = Files.createTempFile(SHARED_MEMORY, "cortado", ".memory");
        List<String> command = new ArrayList<>(machine());
        command.addAll(options);
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        registers = new RegistersByProtocol(process, REGISTERS);
        assertEquals(MAGIC, registers.read32(0), "it has begun");
        frames = new MachineMemory(memory, FRAMES);
    }

    private List<String> machine() {
        return List.of(
                QEMU,
                "-machine",
                "microvm,ioapic2=off,memory-backend=memory",
                "-accel",
                "tcg",
                "-m",
                "64M",
                "-nodefaults",
                "-display",
                "none",
                "-qtest",
                "stdio",
                "-qtest-log",
                "none",
                "-object",
                "memory-backend-file,id=memory,size=64M,share=on,mem-path=" + memory,
                "-global",
                "virtio-mmio.force-legacy=false");
    }

    /** Its device, for one life of a driver. */
    public VirtioDevice device() throws IOException {
        return new VirtioDevice(
                new MmioTransport("mmio", registers),
                new ProcessMemory(),
                new DeviceFrames(frames, "test"),
                Thread::sleep);
    }

    public DeviceFrames buffers() {
        return new DeviceFrames(frames, "buffers");
    }

    /**
     * Looks again and again for what the device has done, while the driver lives: nobody tells of
     * interrupts here.
     */
    public void serve(BooleanSupplier isAlive, Runnable driver) {
        service =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            while (!Thread.interrupted() && isAlive.getAsBoolean()) {
                                driver.run();
                                LockSupport.parkNanos(PAUSE_NANOS);
                            }
                        });
    }

    /** Until the driver does not live any more. */
    void awaitDeath() throws InterruptedException {
        service.join();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (service != null) {
            service.interrupt();
            service.join();
        }
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        if (memory != null) {
            Files.delete(memory);
        }
    }
}
