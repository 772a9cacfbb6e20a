package dev.cortado.drivers.virtio.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.transport.ServingModel;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An honest disk, written from VIRTIO 1.2, 5.2.6. */
final class BlockModel extends ServingModel {
    final byte[] disk;
    final List<String> requests = new ArrayList<>();

    /** What it does to a request. */
    volatile Behaviour behaviour = Behaviour.HONEST;

    /** One that it cannot read or write; -1 for none. */
    volatile long badSector = -1;

    /** Up to 20 bytes. */
    byte[] identifier = {};

    long sizeMax = Long.MAX_VALUE;
    long segMax = Long.MAX_VALUE;

    enum Behaviour {
        HONEST,
        IO_ERROR,
        UNSUPPORTED,
        STRANGE_STATUS,
        SHORT,
        SILENT,
        WILD
    }

    BlockModel(VirtioModel model, HostMemory memory, int bytes) {
        super(model, memory, 6);
        disk = new byte[bytes];
        model.configuration.putLong(0, bytes / 512);
    }

    @Override
    protected int answer(int queue, List<DeviceSide.Part> parts) {
        if (behaviour == Behaviour.SILENT) {
            return NO_ANSWER;
        }
        int written = serve(parts);
        return behaviour == Behaviour.WILD ? Integer.MAX_VALUE : written;
    }

    private int serve(List<DeviceSide.Part> parts) {
        DeviceSide.Part header = parts.get(0);
        assertTrue(!header.writable() && header.length() == 16);
        int type = (int) memory.readLong(header.memoryAddress());
        long sector = memory.readLong(header.memoryAddress() + 8);
        List<DeviceSide.Part> data = parts.subList(1, parts.size() - 1);
        DeviceSide.Part status = parts.get(parts.size() - 1);
        assertTrue(status.writable() && status.length() == 1);
        assertTrue(data.size() <= segMax || type > 1);
        int result = behaviour.ordinal() <= 3 ? behaviour.ordinal() : 0;
        int written = 1;
        if (type == 0 || type == 1) {
            long position = sector * 512;
            int length = data.stream().mapToInt(DeviceSide.Part::length).sum();
            if (badSector >= sector && badSector < sector + length / 512) {
                result = Behaviour.IO_ERROR.ordinal();
            }
            for (DeviceSide.Part part : data) {
                assertEquals(type == 0, part.writable());
                assertTrue(part.length() <= sizeMax && part.length() % 512 == 0);
                if (result == 0 && type == 0) {
                    memory.copyIn(disk, (int) position, part.memoryAddress(), part.length());
                    written += part.length();
                } else if (result == 0) {
                    memory.copyOut(part.memoryAddress(), disk, (int) position, part.length());
                }
                position += part.length();
            }
            note(type + " " + sector + " " + (position / 512 - sector));
        } else if (type == 4) {
            assertEquals(0, data.size());
            assertEquals(0, sector);
            note("flush");
        } else if (type == 8) {
            assertEquals(1, data.size());
            DeviceSide.Part room = data.get(0);
            assertTrue(room.writable() && room.length() == 20);
            memory.copyIn(identifier, 0, room.memoryAddress(), identifier.length);
            written += identifier.length;
            note("id");
        } else {
            assertTrue(type == 11 || type == 13);
            assertEquals(1, data.size());
            long at = data.get(0).memoryAddress();
            assertEquals(16, data.get(0).length());
            long first = memory.readLong(at);
            int sectors = (int) memory.readLong(at + 8);
            long flags = memory.readLong(at + 8) >>> 32;
            if (type == 11) {
                assertEquals(0, flags, "of what is discarded");
                note("discard " + first + " " + sectors);
            } else {
                // A disk may say that it is larger than what it keeps.
                int from = (int) Math.min(first * 512, disk.length);
                int to = (int) Math.min((first + sectors) * 512, disk.length);
                Arrays.fill(disk, from, to, (byte) 0);
                note("zeros " + first + " " + sectors + (flags == 1 ? " unmapped" : ""));
            }
        }
        memory.writeByte(status.memoryAddress(), (byte) result);
        return behaviour == Behaviour.SHORT ? written - 1 : written;
    }

    private synchronized void note(String request) {
        requests.add(request);
    }

    synchronized List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }
}
