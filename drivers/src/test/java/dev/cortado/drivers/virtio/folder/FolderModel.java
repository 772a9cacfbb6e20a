package dev.cortado.drivers.virtio.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.transport.ServingModel;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.kernel.memory.HostMemory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An honest device: it answers each message with the same bytes the other way round. */
final class FolderModel extends ServingModel {
    /** Bytes of urgent messages. */
    final AtomicInteger heard = new AtomicInteger();

    volatile Behaviour behaviour = Behaviour.HONEST;

    enum Behaviour {
        HONEST,
        SILENT,
        WILD
    }

    FolderModel(VirtioModel model, HostMemory memory) {
        super(model, memory, 9);
    }

    @Override
    protected int answer(int queue, List<DeviceSide.Part> parts) {
        if (behaviour == Behaviour.SILENT) {
            return NO_ANSWER;
        }
        int written = queue < model.queues.length - 1 ? hear(parts) : serve(parts);
        return behaviour == Behaviour.WILD ? Integer.MAX_VALUE : written;
    }

    /** Urgent messages have no reply. */
    private int hear(List<DeviceSide.Part> parts) {
        assertEquals(1, parts.size());
        assertTrue(!parts.getFirst().writable());
        heard.addAndGet(parts.getFirst().length());
        return 0;
    }

    private int serve(List<DeviceSide.Part> parts) {
        assertEquals(2, parts.size());
        DeviceSide.Part request = parts.get(0);
        DeviceSide.Part reply = parts.get(1);
        assertTrue(!request.writable() && reply.writable());
        byte[] bytes = new byte[request.length()];
        memory.copyOut(request.memoryAddress(), bytes, 0, bytes.length);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte first = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = first;
        }
        int count = Math.min(bytes.length, reply.length());
        memory.copyIn(bytes, 0, reply.memoryAddress(), count);
        return count;
    }
}
