package dev.cortado.runtime.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.virtio.folder.VirtioFolder;
import dev.cortado.drivers.virtio.transport.MmioTransport;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.disk.TransferBuffers;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.folder.FolderContract;
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.Server;
import dev.cortado.runtime.file.folder.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By way of a device of QEMU's: the driver runs here, beside a machine whose processor sleeps,
 * whose memory it shares and whose registers it reaches by QEMU's protocol for tests. Skipped where
 * there is no QEMU that has the device.
 */
abstract class QemuFolderContract extends FolderContract {
    private static final String QEMU = "qemu-system-x86_64";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Where microvm has its first place for a virtio device (docs/system/i386/microvm). */
    private static final long REGISTERS = 0xfeb0_0000L;

    /** Behind what machines have of their own. */
    private static final long FRAMES = 16 << 20;

    private static final long PAUSE_NANOS = 50_000;
    private static final int LOSSES = 5;

    /** cli, hlt, and hlt again. */
    private static final byte[] SLEEP = {(byte) 0xfa, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd};

    private static final int FIRMWARE_BYTES = 1 << 16;

    /** Where the processor begins. */
    private static final int FIRST = FIRMWARE_BYTES - 16;

    @TempDir Path files;

    /** Whether the test has seen to it that nobody answers. */
    boolean isBroken;

    /** What {@link #serve} has returned. */
    Server server;

    private Process machine;
    private Path memory;
    private volatile VirtioFolder driver;
    private Thread service;
    private Callable<VirtioFolder> life;

    /** QEMU's name of the device. */
    abstract String device();

    /** QEMU's words for a folder as {@code folder}. */
    abstract List<String> options(Path shared) throws Exception;

    private boolean canShare() {
        try {
            Process help =
                    new ProcessBuilder(QEMU, "-device", "help").redirectErrorStream(true).start();
            String devices = new String(help.getInputStream().readAllBytes());
            return devices.contains('"' + device() + '"') && Files.isWritable(SHARED_MEMORY);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    protected Server serve(Path shared) throws Exception {
        Assumptions.assumeTrue(canShare(), "no QEMU that shares folders");
        memory = Files.createTempFile(SHARED_MEMORY, "cortado", ".memory");
        List<String> command = new ArrayList<>(machine());
        command.addAll(options(shared));
        machine =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        RegistersByProtocol registers = new RegistersByProtocol(machine, REGISTERS);
        assertEquals(0x7472_6976, registers.read32(0), "it has begun");
        MachineMemory frames = new MachineMemory(memory, FRAMES);
        life =
                () ->
                        new VirtioFolder(
                                new VirtioDevice(
                                        new MmioTransport("mmio", registers),
                                        new ProcessMemory(),
                                        new DeviceFrames(frames, "test"),
                                        Thread::sleep),
                                () -> {});
        begin();
        TransferBuffers buffers =
                new TransferBuffers(
                        new DeviceFrames(frames, "buffers"),
                        BuddyAllocator.NO_LIMIT,
                        2 * VirtioFolder.SLOTS,
                        0);
        server = () -> connect(buffers);
        return server;
    }

    /** As often as its driver has failed. */
    private synchronized void begin() throws Exception {
        driver = life.call();
        assertEquals("folder", driver.tag());
        service = Thread.ofPlatform().daemon().start(this::serveInterrupts);
    }

    private synchronized Transport connect(TransferBuffers buffers) throws FileException {
        if (!driver.isAlive()) {
            try {
                service.join();
                begin();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return new ShareTransport(driver, buffers);
    }

    /** The driver is lost, as when it dies: the next one has the device from its beginning. */
    @Test
    void aDriverThatIsLostIsFollowedByAnother() throws Exception {
        FolderFileSystem files =
                FolderFileSystem.mount(protocol(), server, Patience.USUAL, false, problem -> {});
        Inode directory = files.makeDirectory(files.root(), FileName.of("d"), 0700);
        Inode file = files.create(directory, FileName.of("f"), 0600);
        files.retain(file);
        for (int i = 0; i < LOSSES; i++) {
            byte[] text = ("text " + i).getBytes();
            assertEquals(text.length, files.write(file, 0, ByteBuffer.wrap(text)));
            driver.fail("a test");
            ByteBuffer to = ByteBuffer.allocate(text.length);
            assertEquals(text.length, files.read(file, 0, to));
            assertArrayEquals(text, to.array());
        }
        files.release(file);
        assertEquals("text 4", Files.readString(folder().resolve("d/f")));
    }

    private Path firmware() throws IOException {
        byte[] bytes = new byte[FIRMWARE_BYTES];
        System.arraycopy(SLEEP, 0, bytes, FIRST, SLEEP.length);
        return Files.write(files.resolve("firmware"), bytes);
    }

    private List<String> machine() throws IOException {
        return List.of(
                QEMU,
                "-machine",
                "microvm,ioapic2=off,memory-backend=memory",
                "-accel",
                "tcg",
                "-bios",
                firmware().toString(),
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
            assertEquals(!isBroken, driver.isAlive(), "alive");
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
