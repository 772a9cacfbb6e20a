package dev.cortado.drivers.vmware.pvscsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.controller.ControllerModel;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.register.WordRegisters;
import dev.cortado.drivers.scsi.ScsiUnitModel;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An adapter, written from {@code vmw_pvscsi.h}, with one target; it answers in any order. */
final class PvscsiModel extends ControllerModel {
    static final int TARGET = 2;

    private static final int SETUP_WORDS = 2 + 2 + 64 + 64;

    final ScsiUnitModel unit;

    private final List<Integer> setup = new ArrayList<>();
    private int command;
    private int status;
    private int mask;
    private long state;
    private long requests;
    private long completions;
    private int taken;
    private int given;

    private record Request(long context, byte[] block, int unit, int target, long at) {}

    PvscsiModel(HostMemory memory, FrameSource source, long seed, int bytes) {
        super(memory, source, seed);
        unit = new ScsiUnitModel(bytes, this::note);
    }

    @Override
    protected Map<Integer, Registers> registers() {
        return Map.of(0, new Bank());
    }

    private final class Bank implements WordRegisters {
        @Override
        public long bytes() {
            return 0x8000;
        }

        @Override
        public int read32(long offset) {
            synchronized (PvscsiModel.this) {
                assertEquals(0x100c, offset);
                return status;
            }
        }

        @Override
        public void write32(long offset, int value) {
            synchronized (PvscsiModel.this) {
                switch ((int) offset) {
                    case 0x0 -> command(value);
                    case 0x4 -> data(value);
                    case 0x100c -> status &= ~value;
                    case 0x2010 -> mask = value;
                    case 0x3014, 0x4018 -> kick();
                    default -> throw new AssertionError("register " + offset);
                }
            }
        }
    }

    /** Says that there are so many completions more. */
    synchronized void claim(int count) {
        memory.writeIntRelease(at(state) + 12, given + count);
        interrupts.release();
    }

    private void command(int value) {
        command = value;
        setup.clear();
        if (value == 1) {
            state = 0;
            taken = 0;
            given = 0;
            status = 0;
            mask = 0;
        } else {
            assertEquals(3, value);
        }
    }

    private void data(int value) {
        assertEquals(3, command);
        setup.add(value);
        if (setup.size() < SETUP_WORDS) {
            return;
        }
        assertEquals(List.of(1, 1), setup.subList(0, 2), "pages of the rings");
        state = page(2);
        requests = page(4);
        completions = page(4 + 64);
        long at = at(state);
        memory.writeIntRelease(at + 8, 5);
        memory.writeIntRelease(at + 20, 7);
        command = 0;
    }

    private long page(int word) {
        return (setup.get(word) & 0xffff_ffffL | (long) setup.get(word + 1) << 32) << 12;
    }

    @Override
    protected void work() {
        if (state == 0) {
            return;
        }
        int produced = memory.readIntAcquire(at(state));
        assertTrue(produced - taken >= 0 && produced - taken <= 32);
        List<Request> open = new ArrayList<>();
        while (taken != produced) {
            open.add(take(at(requests + 128L * (taken++ & 31))));
        }
        memory.writeIntRelease(at(state) + 4, taken);
        while (!open.isEmpty() && behaviour != Behaviour.SILENT) {
            answer(open.remove(random.nextInt(open.size())));
        }
    }

    private Request take(long at) {
        byte[] block = new byte[memory.readByte(at + 56)];
        memory.copyOut(at + 40, block, 0, block.length);
        int method = memory.readByte(at + 57) & 0xff;
        int unit = (method & 0x3f) << 8 | memory.readByte(at + 58) & 0xff;
        assertEquals(0x20, memory.readByte(at + 65));
        assertEquals(0, memory.readByte(at + 66), "bus");
        return new Request(memory.readLong(at), block, unit, memory.readByte(at + 67) & 0xff, at);
    }

    private void answer(Request request) {
        long at = request.at();
        long data = memory.readLong(at + 8);
        int length = (int) memory.readLong(at + 16);
        int flags = memory.readIntAcquire(at + 36);
        assertEquals(length == 0 ? 4 : flags & 0b11000, flags);
        if (request.target() != TARGET) {
            complete(request.context(), 0x11, 0, 0);
            return;
        }
        byte[] out = new byte[flags == 1 << 4 ? length : 0];
        if (out.length > 0) {
            copyFromMemory(data, out, 0, length);
        }
        unit.fails = behaviour == Behaviour.FAILING;
        ScsiUnitModel.Response response = unit.run(request.unit(), request.block(), out);
        long context = request.context();
        int host = 0;
        if (isWild()) {
            response = ScsiUnitModel.mutated(response, random);
            switch (random.nextInt(4)) {
                case 0 -> context = random.nextInt(64) - 16;
                case 1 -> host = random.nextInt(0x40);
                case 2 -> given += random.nextInt(300);
                default -> {
                    return; // no answer
                }
            }
        }
        int moved = response.data().length + response.moved();
        assertTrue(moved <= length, "as much as there is room for");
        if (response.data().length > 0) {
            copyToMemory(response.data(), 0, data, response.data().length);
        }
        byte[] sense = response.sense();
        if (sense.length > 0) {
            assertEquals(96, memory.readIntAcquire(at + 32));
            copyToMemory(sense, 0, memory.readLong(at + 24), sense.length);
        }
        complete(
                context,
                moved < length && host == 0 ? 0x12 : host,
                response.status(),
                sense.length);
    }

    private void complete(long context, int host, int scsi, int senseBytes) {
        long at = at(completions + 32L * (given & 127));
        memory.writeLong(at, context);
        memory.writeIntRelease(at + 16, isWild() ? random.nextInt() : senseBytes);
        memory.writeShortRelease(at + 20, host);
        memory.writeShortRelease(at + 22, scsi);
        given++;
        memory.writeIntRelease(at(state) + 12, given);
        status |= 1;
        if ((status & mask) != 0) {
            interrupts.release();
        }
    }
}
