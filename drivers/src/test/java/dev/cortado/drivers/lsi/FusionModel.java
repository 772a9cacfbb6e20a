package dev.cortado.drivers.lsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.controller.ControllerModel;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.register.WordRegisters;
import dev.cortado.drivers.scsi.ScsiUnitModel;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** An adapter, written from Fusion-MPT's specification, with one target of eight. */
final class FusionModel extends ControllerModel {
    static final int TARGET = 5;

    final ScsiUnitModel unit;
    int credits = 16;
    int own = 7;
    int frameDwords = 32;

    private static final int READY = 1;
    private static final int OPERATIONAL = 2;
    private static final int FAULT = 4;

    private int state = READY;
    private int status;
    private int mask;

    /** Words that the doorbell still expects, and those that it will give. */
    private int expected;

    private final List<Integer> words = new ArrayList<>();
    private final Deque<Integer> answer = new ArrayDeque<>();
    private boolean isAnswered;

    private final Deque<Integer> posted = new ArrayDeque<>();
    private final Deque<Integer> given = new ArrayDeque<>();
    private final Deque<Integer> replies = new ArrayDeque<>();

    FusionModel(HostMemory memory, FrameSource source, long seed, int bytes) {
        super(memory, source, seed);
        unit = new ScsiUnitModel(bytes, this::note);
    }

    @Override
    protected Map<Integer, Registers> registers() {
        return Map.of(1, new Bank());
    }

    private final class Bank implements WordRegisters {
        @Override
        public long bytes() {
            return 0x4000;
        }

        @Override
        public int read32(long offset) {
            synchronized (FusionModel.this) {
                return switch ((int) offset) {
                    case 0x00 -> doorbell();
                    case 0x30 -> status;
                    case 0x44 -> takeReply();
                    default -> throw new AssertionError("register " + offset);
                };
            }
        }

        @Override
        public void write32(long offset, int value) {
            synchronized (FusionModel.this) {
                switch ((int) offset) {
                    case 0x00 -> ring(value);
                    case 0x30 -> taken();
                    case 0x34 -> mask = value;
                    case 0x40 -> {
                        assertTrue(state == OPERATIONAL || state == FAULT);
                        posted.add(value);
                        kick();
                    }
                    case 0x44 -> given.add(value);
                    default -> throw new AssertionError("register " + offset);
                }
            }
        }
    }

    private int doorbell() {
        boolean isUsed = expected > 0 || isAnswered;
        int data = isAnswered && !answer.isEmpty() ? answer.peek() : 0;
        return state << 28 | (isUsed ? 1 << 27 : 0) | data;
    }

    private int takeReply() {
        if (replies.isEmpty()) {
            status &= ~8;
            return -1;
        }
        return replies.remove();
    }

    private void ring(int value) {
        if (expected > 0) {
            words.add(value);
            expected--;
            if (expected == 0 && behaviour != Behaviour.SILENT) {
                message();
            }
            return;
        }
        switch (value >>> 24) {
            case 0x40 -> {
                state = READY;
                status = 0;
                posted.clear();
                given.clear();
                replies.clear();
                answer.clear();
                isAnswered = false;
            }
            case 0x42 -> {
                assertTrue(!isAnswered);
                words.clear();
                expected = value >>> 16 & 0xff;
                status |= 1;
            }
            default -> throw new AssertionError("doorbell function " + (value >>> 24));
        }
    }

    /** The host has read a word, or knows of something. */
    private void taken() {
        status &= ~1;
        if (isAnswered) {
            if (answer.isEmpty()) {
                isAnswered = false;
                return;
            }
            answer.remove();
            status |= 1;
        }
    }

    private void message() {
        ByteBuffer request = ByteBuffer.allocate(4 * words.size()).order(ByteOrder.LITTLE_ENDIAN);
        words.forEach(request::putInt);
        int function = request.get(3);
        ByteBuffer reply = ByteBuffer.allocate(function == 3 ? 64 : function == 5 ? 40 : 20);
        reply.order(ByteOrder.LITTLE_ENDIAN).put(3, (byte) function);
        switch (function) {
            case 2 -> {
                assertEquals(4, request.get(0));
                assertEquals(80, request.getShort(12));
                assertEquals(0, request.getInt(16) | request.getInt(20), "upper halves");
                state = OPERATIONAL;
            }
            case 3 -> {
                reply.putShort(24, (short) 128).putShort(26, (short) frameDwords);
                reply.putShort(36, (short) credits).put(46, (byte) 8).put(47, (byte) 1);
            }
            case 5 -> reply.put(21, (byte) 1).putShort(22, (short) 8).putShort(24, (short) own);
            case 6 -> assertEquals(OPERATIONAL, state);
            default -> throw new AssertionError("message " + function);
        }
        reply.put(2, (byte) (reply.capacity() / 4));
        if (isWild()) {
            reply.put(random.nextInt(reply.capacity()), (byte) random.nextInt());
        }
        for (int i = 0; i < reply.capacity(); i += 2) {
            answer.add(reply.getShort(i) & 0xffff);
        }
        isAnswered = true;
        status |= 1;
    }

    @Override
    protected void work() {
        List<Integer> open = new ArrayList<>(posted);
        posted.clear();
        while (!open.isEmpty() && state == OPERATIONAL && behaviour != Behaviour.SILENT) {
            run(open.remove(random.nextInt(open.size())));
        }
    }

    private void run(int frame) {
        long at = at(Integer.toUnsignedLong(frame));
        assertEquals(0, frame & 0x7f);
        byte[] head = new byte[60];
        memory.copyOut(at, head, 0, 60);
        ByteBuffer request = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, head[1] | head[2] | head[3], "a SCSI command for bus 0");
        int length = request.getInt(40);
        int control = request.getInt(20);
        int element = request.getInt(48);
        boolean isWrite = control == 1 << 24;
        assertEquals(length == 0 ? 0 : isWrite ? 1 << 24 : 2 << 24, control);
        assertEquals(isWrite ? 0xd7 : 0xd3, element >>> 24);
        assertEquals(length, element & 0xff_ffff);
        int context = request.getInt(8);
        if (head[0] != TARGET) {
            assertTrue((head[0] & 0xff) != own || behaviour == Behaviour.WILD);
            reply(context, 0x43, 0, 0, 0);
            return;
        }
        byte[] block = new byte[head[4]];
        request.get(24, block);
        byte[] out = new byte[isWrite ? length : 0];
        if (isWrite) {
            copyFromMemory(request.getLong(52), out, 0, length);
        }
        unit.fails = behaviour == Behaviour.FAILING;
        int number = (head[12] & 0x3f) << 8 | head[13] & 0xff;
        ScsiUnitModel.Response response = unit.run(number, block, out);
        int code = 0;
        if (isWild()) {
            response = ScsiUnitModel.mutated(response, random);
            switch (random.nextInt(5)) {
                case 0 -> context = random.nextInt(64) - 16;
                case 1 -> code = random.nextInt(0x60);
                case 2 -> replies.add(random.nextInt());
                case 3 -> state = FAULT;
                default -> {
                    return; // no answer
                }
            }
        }
        byte[] data = response.data();
        if (data.length > 0) {
            copyToMemory(data, 0, request.getLong(52), data.length);
        }
        boolean isShort = data.length + response.moved() < length;
        byte[] sense = response.sense();
        if (sense.length > 0) {
            copyToMemory(sense, 0, Integer.toUnsignedLong(request.getInt(44)), sense.length);
        }
        if (response.status() == 0 && code == 0 && !isShort) {
            replies.add(context);
            interrupt();
        } else {
            int what = code == 0 && isShort ? 0x45 : code;
            reply(context, what, response.status(), sense.length > 0 ? 1 : 0, sense.length);
        }
    }

    private void reply(int context, int code, int scsi, int scsiState, int senseBytes) {
        assertTrue(!given.isEmpty() || behaviour == Behaviour.WILD, "frames for replies");
        if (given.isEmpty()) {
            return;
        }
        int frame = given.remove();
        long at = at(Integer.toUnsignedLong(frame));
        memory.writeLong(at, 0);
        memory.writeIntRelease(at + 8, context);
        memory.writeByte(at + 12, (byte) scsi);
        memory.writeByte(at + 13, (byte) scsiState);
        memory.writeShortRelease(at + 14, code | 0x8000);
        memory.writeIntRelease(at + 24, isWild() ? random.nextInt() : senseBytes);
        replies.add(frame >>> 1 | 1 << 31);
        interrupt();
    }

    private void interrupt() {
        status |= 8;
        if ((mask & 8) == 0) {
            interrupts.release();
        }
    }
}
