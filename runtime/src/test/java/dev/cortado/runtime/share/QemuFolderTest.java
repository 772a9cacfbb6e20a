package dev.cortado.runtime.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.folder.VirtioFolder;
import dev.cortado.drivers.virtio.transport.MmioTransport;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.disk.TransferBuffers;
import dev.cortado.runtime.file.folder.FolderContract;
import dev.cortado.runtime.file.folder.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;

/**
 * By way of QEMU's own device and server: the driver runs here, beside a machine that stands still,
 * whose memory it shares and whose registers it reaches by QEMU's protocol for tests. Skipped where
 * there is no QEMU that can share folders.
 */
final class QemuFolderTest extends FolderContract {
    private static final String QEMU = "qemu-system-x86_64";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Where microvm has its first place for a virtio device (docs/system/i386/microvm). */
    private static final long REGISTERS = 0xfeb0_0000L;

    /** Above what its firmware would use. */
    private static final long FRAMES = 16 << 20;

    private static final long PAUSE_NANOS = 50_000;

    private Process machine;
    private Path memory;
    private volatile VirtioFolder driver;
    private Thread service;

    private static boolean canShare() {
        try {
            Process help =
                    new ProcessBuilder(QEMU, "-device", "help").redirectErrorStream(true).start();
            String devices = new String(help.getInputStream().readAllBytes());
            return devices.contains("virtio-9p-device") && Files.isWritable(SHARED_MEMORY);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    protected Server serve(Path shared) throws Exception {
        Assumptions.assumeTrue(canShare(), "no QEMU that shares folders");
        memory = Files.createTempFile(SHARED_MEMORY, "cortado", ".memory");
        machine =
                new ProcessBuilder(command(shared))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        RegistersByProtocol registers = new RegistersByProtocol(machine, REGISTERS);
        assertEquals(0x7472_6976, registers.read32(0), "it has begun");
        MachineMemory frames = new MachineMemory(memory, FRAMES);
        VirtioDevice device =
                new VirtioDevice(
                        new MmioTransport("mmio", registers),
                        new ProcessMemory(),
                        new DeviceFrames(frames, "test"),
                        Thread::sleep);
        driver = new VirtioFolder(device, () -> {});
        assertEquals("folder", driver.tag());
        service = Thread.ofPlatform().daemon().start(this::serveInterrupts);
        TransferBuffers buffers =
                new TransferBuffers(
                        new DeviceFrames(frames, "buffers"),
                        BuddyAllocator.NO_LIMIT,
                        2 * VirtioFolder.SLOTS,
                        0);
        return () -> new ShareTransport(driver, buffers);
    }

    private List<String> command(Path shared) {
        return List.of(
                QEMU,
                "-machine",
                "microvm,ioapic2=off,memory-backend=memory",
                "-accel",
                "tcg",
                "-S",
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
                "virtio-mmio.force-legacy=false",
                "-fsdev",
                "local,id=folder,security_model=none,multidevs=remap,path=" + shared,
                "-device",
                "virtio-9p-device,bus=virtio-mmio-bus.0,fsdev=folder,mount_tag=folder");
    }

    /** Nobody tells of them here. */
    private void serveInterrupts() {
        while (!Thread.interrupted() && driver.isAlive()) {
            driver.service();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (service != null) {
            assertTrue(driver.isAlive(), "nothing was broken");
            service.interrupt();
            service.join();
        }
        if (machine != null) {
            machine.destroyForcibly().waitFor();
        }
        if (memory != null) {
            Files.delete(memory);
        }
    }
}
