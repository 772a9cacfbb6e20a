package dev.cortado.drivers.nvme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerCase;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class NvmeControllerTest extends ControllerCase {
    private final AtomicInteger cpu = new AtomicInteger();

    @Override
    protected NvmeModel model(long seed) {
        NvmeModel made = new NvmeModel(memory, source, seed);
        made.namespaces.put(1, new byte[DISK_BYTES]);
        return made;
    }

    @Override
    protected ControllerLife start(long patience) throws IOException, InterruptedException {
        return NvmeController.start(
                model.access(), 4, cpu::getAndIncrement, patience, problems::add);
    }

    @Test
    void commandsAreAsLargeAsTheControllerAllows() throws Exception {
        NvmeModel made = model(1);
        made.mdts = 2;
        BlockDevice disk = begin(made, PATIENCE);
        assertEquals("SERIAL-7", disk.serialNumber());
        DeviceBlock buffer = buffer(64 << 10);
        disk.read(512, buffer, 512, 40 << 10);
        assertEquals(List.of("read 1 32", "read 33 32", "read 65 16"), model.takeCommands());
        disk.flush();
        disk.discard(1024, 512 << 10);
        assertEquals(List.of("flush 1", "discard 2 1024"), model.takeCommands());
    }

    /** A list of pages is as long as a MiB needs, from wherever it begins. */
    @Test
    void aMebibyteIsOneCommand() throws Exception {
        NvmeModel made = model(2);
        made.mdts = 0;
        BlockDevice disk = begin(made, PATIENCE);
        byte[] stored = made.namespaces.get(1);
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (byte) (i * 31 ^ i >> 8);
        }
        DeviceBlock buffer = buffer(2 << 20);
        for (int offset : new int[] {0, 4, 512, 4092}) {
            disk.read(0, buffer, offset, DISK_BYTES);
            byte[] read = new byte[DISK_BYTES];
            memory.copyOut(buffer.address() + offset, read, 0, DISK_BYTES);
            assertTrue(Arrays.equals(stored, read));
        }
        assertEquals(4, model.takeCommands().size());
    }

    @Test
    void whatAnOldControllerHasIsUsed() throws Exception {
        NvmeModel made = model(3);
        made.version = 0x10000;
        made.oncs = 0;
        made.vwc = 0;
        made.mqes = 1;
        made.doorbellStride = 3;
        made.messages = 1;
        made.granted = 0;
        made.blockShift = 12;
        BlockDevice disk = begin(made, PATIENCE);
        assertEquals(4096, disk.blockBytes());
        assertFalse(disk.canDiscard());
        disk.flush();
        disk.discard(0, 4096);
        assertEquals(List.of(), model.takeCommands());
        hammer(disk, 4, 30);
    }

    @Test
    void eachNamespaceIsADisk() throws Exception {
        NvmeModel made = model(4);
        made.namespaces.put(7, new byte[DISK_BYTES]);
        begin(made, PATIENCE);
        assertEquals(
                List.of("n1", "n7"), life.disks().stream().map(ControllerDisk::place).toList());
        hammer(life.disks().get(1).disk(), 2, 20);
        assertTrue(model.takeCommands().stream().noneMatch("flush 1"::equals));
    }

    @Test
    void aNamespaceWithMetadataIsLeftOut() throws Exception {
        NvmeModel made = model(5);
        made.metadata = 8;
        model = made;
        life = start(PATIENCE);
        assertEquals(List.of(), life.disks());
        assertEquals(
                List.of("device namespace 1: its blocks have metadata, which is not supported"),
                problems);
    }

    @Test
    void anErrorSaysWhat() throws Exception {
        BlockDevice disk = begin(model(6), PATIENCE);
        DeviceBlock buffer = buffer(4096);
        model.behaviour = NvmeModel.Behaviour.FAILING;
        IOException error = assertThrows(IOException.class, () -> disk.read(0, buffer, 0, 512));
        assertEquals(
                "device: command 0x02 of namespace 1: the medium could not be read"
                        + " (status type 2, code 0x81)",
                error.getMessage());
    }

    @Test
    void aFatalStatusIsTheEnd() throws Exception {
        BlockDevice disk = begin(model(7), PATIENCE);
        ((NvmeModel) model).isFatal = true;
        model.behaviour = NvmeModel.Behaviour.SILENT;
        DeviceBlock buffer = buffer(4096);
        model.interrupts.release();
        assertThrows(IOException.class, () -> disk.read(0, buffer, 0, 512));
        assertFalse(life.isAlive());
    }

    @Test
    void anAnswerOfAnotherQueueIsTheEnd() throws Exception {
        BlockDevice disk = begin(model(8), PATIENCE);
        ((NvmeModel) model).otherQueue = 1;
        DeviceBlock buffer = buffer(4096);
        IOException error = assertThrows(IOException.class, () -> disk.read(0, buffer, 0, 512));
        assertTrue(
                error.getMessage().contains("has an answer to one of queue"), error.getMessage());
        assertFalse(life.isAlive());
    }
}
