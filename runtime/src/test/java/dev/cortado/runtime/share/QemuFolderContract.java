package dev.cortado.runtime.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cortado.drivers.virtio.folder.VirtioFolder;
import dev.cortado.kernel.memory.BuddyAllocator;
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
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By way of a device of QEMU's: the driver runs here, beside a machine whose processor sleeps.
 * Skipped where there is no QEMU that has the device.
 */
abstract class QemuFolderContract extends FolderContract {
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

    private final QemuMachine machine = new QemuMachine();
    private volatile VirtioFolder driver;

    /** QEMU's name of the device. */
    abstract String device();

    /** QEMU's words for a folder as {@code folder}. */
    abstract List<String> options(Path shared) throws Exception;

    @Override
    protected Server serve(Path shared) throws Exception {
        Assumptions.assumeTrue(QemuMachine.canHave(device()), "no QEMU that shares folders");
        List<String> options = new ArrayList<>(List.of("-bios", firmware().toString()));
        options.addAll(options(shared));
        machine.start(options);
        begin();
        TransferBuffers buffers =
                new TransferBuffers(
                        machine.buffers(), BuddyAllocator.NO_LIMIT, 2 * VirtioFolder.SLOTS, 0);
        server = () -> connect(buffers);
        return server;
    }

    /** As often as its driver has failed. */
    private synchronized void begin() throws Exception {
        driver = new VirtioFolder(machine.device(), () -> {});
        assertEquals("folder", driver.tag());
        machine.serve(driver::isAlive, driver::service);
    }

    private synchronized Transport connect(TransferBuffers buffers) throws FileException {
        if (!driver.isAlive()) {
            try {
                machine.awaitDeath();
                begin();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return new ShareTransport(driver, buffers);
    }

    /** Whatever goes wrong when a slot is given back: the device may still write to its buffer. */
    @Test
    void aBufferOfWhichNobodyKnowsWhetherTheDeviceHasItIsNotUsedAgain() throws Exception {
        isBroken = true;
        Transport transport = server.connect();
        long first = addressOf(transport.memory(0));
        transport.send(0, 16, 64, 64);
        driver.fail("a test");
        try {
            driver.await(0, 0); // the driver does not know of the slot any more
        } catch (IOException e) {
            // It has come to its end.
        }
        transport.done(0);
        for (int i = 0; i < 2 * VirtioFolder.SLOTS - 1; i++) {
            assertNotEquals(first, addressOf(transport.memory(i % VirtioFolder.SLOTS)));
        }
    }

    private static long addressOf(ByteBuffer memory) {
        return MemorySegment.ofBuffer(memory).address();
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

    @AfterEach
    void stop() throws Exception {
        try (machine) {
            if (driver != null) {
                assertEquals(!isBroken, driver.isAlive(), "alive");
            }
        }
    }
}
