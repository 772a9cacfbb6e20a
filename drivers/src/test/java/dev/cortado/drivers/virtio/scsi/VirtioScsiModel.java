package dev.cortado.drivers.virtio.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.controller.ControllerModel;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.scsi.ScsiUnitModel;
import dev.cortado.drivers.virtio.queue.DeviceSide;
import dev.cortado.drivers.virtio.transport.Bus;
import dev.cortado.drivers.virtio.transport.DeviceStatus;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.drivers.virtio.transport.VirtioModel;
import dev.cortado.drivers.virtio.transport.VirtioTransport;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostMemory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A SCSI host device, written from VIRTIO 1.2, 5.6.6.1, with one target. */
final class VirtioScsiModel extends ControllerModel {
    static final int TARGET = 3;

    final VirtioModel device;
    final ScsiUnitModel unit;

    final AtomicBoolean configurationChanges = new AtomicBoolean();

    /** How many requests are not taken, since the device is busy. */
    int busy;

    VirtioScsiModel(
            HostMemory memory, FrameSource source, long seed, int bytes, long offered, int size) {
        super(memory, source, seed);
        device = new VirtioModel(memory, 8, false, offered, 64, size, size, size);
        device.configuration.putInt(0, 1).putInt(4, 126).putInt(8, 0xffff);
        device.configuration.putInt(20, 96).putInt(24, 32);
        device.configuration.putShort(30, (short) 7).putInt(32, 16383);
        device.notified = queue -> kick();
        unit = new ScsiUnitModel(bytes, this::note);
    }

    /** A way to it on which no access comes between what it does. */
    VirtioTransport transport() throws VirtioException {
        VirtioTransport plain = Bus.PCI.transport(device);
        return (VirtioTransport)
                Proxy.newProxyInstance(
                        VirtioTransport.class.getClassLoader(),
                        new Class<?>[] {VirtioTransport.class},
                        (proxy, method, arguments) -> {
                            synchronized (VirtioScsiModel.this) {
                                try {
                                    return method.invoke(plain, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            }
                        });
    }

    /** From now on it does nothing, and says so. */
    synchronized void wantReset() {
        device.status |= DeviceStatus.DEVICE_NEEDS_RESET;
        configurationChanges.set(true);
        interrupts.release();
    }

    @Override
    public synchronized boolean isMastering() {
        return device.status != 0;
    }

    @Override
    protected Map<Integer, Registers> registers() {
        return Map.of();
    }

    @Override
    protected void work() {
        if (device.status != 0xf) {
            return;
        }
        DeviceSide side = device.side(2);
        do {
            side.stayAwake();
            List<DeviceSide.Chain> taken = new ArrayList<>();
            for (DeviceSide.Chain next = side.next(); next != null; next = side.next()) {
                taken.add(next);
            }
            while (!taken.isEmpty()) {
                DeviceSide.Chain chain = taken.remove(random.nextInt(taken.size()));
                if (behaviour != Behaviour.SILENT) {
                    int written = serve(chain.parts());
                    if (written >= 0 && side.use(chain, isWild() ? random.nextInt() : written)) {
                        interrupts.release();
                    }
                }
            }
        } while (!side.sleep());
    }

    /** Bytes written, or -1 to say nothing. */
    private int serve(List<DeviceSide.Part> parts) {
        DeviceSide.Part request = parts.getFirst();
        assertTrue(!request.writable() && request.length() == 51);
        byte[] head = new byte[51];
        memory.copyOut(request.memoryAddress(), head, 0, 51);
        assertEquals(1, head[0]);
        assertEquals(0x40, head[2] & 0xc0);
        assertEquals(0, head[16] | head[17] | head[18]);
        byte[] block = new byte[16];
        System.arraycopy(head, 19, block, 0, 16);
        boolean isWrite = parts.size() == 3 && !parts.get(1).writable();
        DeviceSide.Part response = parts.get(isWrite ? 2 : 1);
        assertTrue(response.writable() && response.length() == 108);
        long at = response.memoryAddress();
        for (int i = 0; i < 108; i++) {
            memory.writeByte(at + i, (byte) 0);
        }
        if (busy > 0) {
            busy--;
            memory.writeByte(at + 11, (byte) 5);
            return 108;
        }
        if (head[1] != TARGET) {
            memory.writeByte(at + 11, (byte) 3);
            return 108;
        }
        byte[] out = new byte[isWrite ? parts.get(1).length() : 0];
        if (isWrite) {
            memory.copyOut(parts.get(1).memoryAddress(), out, 0, out.length);
        }
        unit.fails = behaviour == Behaviour.FAILING;
        int number = (head[2] & 0x3f) << 8 | head[3] & 0xff;
        ScsiUnitModel.Response answer = unit.run(number, block, out);
        int code = 0;
        if (isWild()) {
            answer = ScsiUnitModel.mutated(answer, random);
            switch (random.nextInt(3)) {
                case 0 -> code = random.nextInt(256);
                case 1 -> memory.writeIntRelease(at, random.nextInt());
                default -> {
                    return -1;
                }
            }
        }
        int room = isWrite || parts.size() < 3 ? 0 : parts.get(2).length();
        byte[] data = answer.data();
        assertTrue(data.length <= room);
        if (data.length > 0) {
            memory.copyIn(data, 0, parts.get(2).memoryAddress(), data.length);
        }
        int residual = isWrite ? out.length - answer.moved() : room - data.length;
        memory.writeIntRelease(at, answer.sense().length);
        memory.writeIntRelease(at + 4, residual);
        memory.writeByte(at + 10, (byte) answer.status());
        memory.writeByte(at + 11, (byte) code);
        memory.copyIn(answer.sense(), 0, at + 12, answer.sense().length);
        // As QEMU counts, and not as 2.7.8.2 has it: what was read, too.
        return 108 + data.length + out.length;
    }
}
