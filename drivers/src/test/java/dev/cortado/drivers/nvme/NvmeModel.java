package dev.cortado.drivers.nvme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.controller.ControllerModel;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.register.WordRegisters;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.HostMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A controller, written from NVM Express 1.4; it answers in an order of chance. */
final class NvmeModel extends ControllerModel {
    /** Bytes of each namespace's disk, by its number. */
    final Map<Integer, byte[]> namespaces = new TreeMap<>();

    int blockShift = 9;
    int mqes = 63;
    int doorbellStride;
    int mdts = 5;
    int oncs = 4;
    int version = 0x10400;
    int metadata;
    int vwc = 1;
    int granted = 0x0003_0003;
    int messages = 5;
    boolean isFatal;

    /** Added to the numbers of queues in answers. */
    int otherQueue;

    private static final int PAGE = 4096;

    private final ByteBuffer low = ByteBuffer.allocate(0x1000).order(ByteOrder.LITTLE_ENDIAN);
    private final Map<Integer, Queue> submissions = new HashMap<>();
    private final Map<Integer, Queue> completions = new HashMap<>();
    private boolean isReady;

    private static final class Queue {
        final long address;
        final int size;
        int head;
        int tail;
        int phase = 1;
        int completion;

        Queue(long address, int size) {
            this.address = address;
            this.size = size;
        }
    }

    private record Command(int queue, int opcode, int identifier, int namespace, ByteBuffer entry) {
        int dword(int number) {
            return entry.getInt(4 * number);
        }
    }

    NvmeModel(HostMemory memory, FrameSource source, long seed) {
        super(memory, source, seed);
    }

    @Override
    protected int messages() {
        return messages;
    }

    @Override
    protected Map<Integer, Registers> registers() {
        return Map.of(0, new Bank());
    }

    /** Accesses are of 4 or 8 bytes (3.1). */
    private final class Bank implements WordRegisters {
        @Override
        public long bytes() {
            return 0x2000;
        }

        @Override
        public int read32(long offset) {
            synchronized (NvmeModel.this) {
                Registers.check(this, offset, 4);
                return switch ((int) offset) {
                    case 0x00 -> mqes | 1 << 16 | 1 << 24; // CQR, and half a second
                    case 0x04 -> doorbellStride | 1 << 5;
                    case 0x08 -> version;
                    case 0x1c -> (isReady ? 1 : 0) | (isFatal ? 2 : 0);
                    default -> low.getInt((int) offset);
                };
            }
        }

        @Override
        public void write32(long offset, int value) {
            synchronized (NvmeModel.this) {
                Registers.check(this, offset, 4);
                if (offset >= 0x1000) {
                    ring((int) offset - 0x1000, value);
                    return;
                }
                assertTrue(offset >= 0x14, "a register that is read only");
                low.putInt((int) offset, value);
                if (offset == 0x14) {
                    configure(value);
                }
            }
        }
    }

    private void configure(int cc) {
        boolean enable = (cc & 1) != 0;
        if (enable && !isReady) {
            assertEquals(6, cc >>> 16 & 0xf);
            assertEquals(4, cc >>> 20 & 0xf);
            assertEquals(0, cc >>> 4 & 0x3ff, "NVM commands, 4 KiB pages, round robin");
            int sizes = low.getInt(0x24);
            Queue admin = new Queue(low.getLong(0x28), (sizes & 0xfff) + 1);
            assertEquals(0, admin.address % PAGE);
            submissions.put(0, admin);
            completions.put(0, new Queue(low.getLong(0x30), (sizes >>> 16 & 0xfff) + 1));
            isReady = true;
        } else if (!enable) {
            submissions.clear();
            completions.clear();
            isReady = false;
        }
    }

    private void ring(int offset, int value) {
        int number = offset / (4 << doorbellStride);
        assertEquals(0, offset % (4 << doorbellStride));
        Queue queue = (number % 2 == 0 ? submissions : completions).get(number / 2);
        if (!isReady) {
            return;
        }
        assertTrue(queue != null && value >= 0 && value < queue.size, "doorbell " + number);
        if (number % 2 == 0) {
            queue.tail = value;
        } else {
            queue.head = value;
        }
        kick();
    }

    @Override
    protected void work() {
        List<Command> taken = new ArrayList<>();
        for (Map.Entry<Integer, Queue> entry : submissions.entrySet()) {
            Queue queue = entry.getValue();
            while (queue.head != queue.tail) {
                taken.add(fetch(entry.getKey(), queue));
                queue.head = (queue.head + 1) % queue.size;
            }
        }
        while (!taken.isEmpty() && behaviour != Behaviour.SILENT) {
            Command command = taken.remove(random.nextInt(taken.size()));
            int[] result = new int[1];
            int status = behaviour == Behaviour.FAILING ? 0x281 : execute(command, result);
            complete(command, status, result[0]);
        }
    }

    private Command fetch(int number, Queue queue) {
        byte[] bytes = new byte[64];
        copyFromMemory(queue.address + 64L * queue.head, bytes, 0, 64);
        ByteBuffer entry = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = entry.getInt(0);
        assertEquals(0, first & 0xff00, "neither fused nor with SGLs");
        return new Command(number, first & 0xff, first >>> 16, entry.getInt(4), entry);
    }

    private void complete(Command command, int status, int result) {
        Queue from = submissions.get(command.queue());
        Queue queue = completions.get(from.completion);
        long at = at(queue.address + 16L * queue.tail);
        int identifier = command.identifier();
        int number = command.queue() + otherQueue;
        int phase = queue.phase;
        int answer = status;
        if (isWild()) {
            switch (random.nextInt(5)) {
                case 0 -> identifier = random.nextInt(1 << 16);
                case 1 -> number = random.nextInt(1 << 16);
                case 2 -> phase ^= 1;
                case 3 -> answer = random.nextInt(1 << 11);
                default -> {
                    return; // no answer
                }
            }
        }
        memory.writeIntRelease(at, isWild() ? random.nextInt() : result);
        memory.writeIntRelease(at + 8, from.head | number << 16);
        memory.writeIntRelease(at + 12, identifier | phase << 16 | answer << 17);
        queue.tail++;
        if (queue.tail == queue.size) {
            queue.tail = 0;
            queue.phase ^= 1;
        }
        assertNotEquals(queue.head, queue.tail, "more commands than a completion queue holds");
        interrupts.release();
    }

    private int execute(Command command, int[] result) {
        return command.queue() == 0 ? administrate(command, result) : transfer(command);
    }

    private int administrate(Command command, int[] result) {
        switch (command.opcode()) {
            case 0x06 -> {
                byte[] identity = identify(command.dword(10), command.namespace());
                if (behaviour == Behaviour.WILD) {
                    for (int i = 0; i < 8; i++) {
                        identity[random.nextInt(600)] = (byte) random.nextInt();
                    }
                }
                data(command, identity, 0, 4096, true);
            }
            case 0x09 -> {
                assertEquals(7, command.dword(10));
                result[0] = granted;
            }
            case 0x05 -> {
                assertEquals(3, command.dword(11) & 0xffff);
                int vector = command.dword(11) >>> 16;
                assertTrue(vector < messages && (vector > 0 || messages == 1));
                completions.put(queueNumber(command), queue(command));
            }
            case 0x01 -> {
                assertEquals(1, command.dword(11) & 0xffff);
                Queue queue = queue(command);
                queue.completion = command.dword(11) >>> 16;
                assertTrue(completions.containsKey(queue.completion));
                submissions.put(queueNumber(command), queue);
            }
            default -> throw new AssertionError("admin command " + command.opcode());
        }
        return 0;
    }

    private static int queueNumber(Command command) {
        return command.dword(10) & 0xffff;
    }

    private Queue queue(Command command) {
        int size = (command.dword(10) >>> 16) + 1;
        assertTrue(size >= 2 && size <= mqes + 1);
        assertTrue(queueNumber(command) >= 1 && queueNumber(command) <= (granted & 0xffff) + 1);
        Queue queue = new Queue(command.entry().getLong(24), size);
        assertEquals(0, queue.address % PAGE);
        return queue;
    }

    private byte[] identify(int what, int namespace) {
        ByteBuffer data = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        switch (what) {
            case 1 -> {
                data.put(4, "SERIAL-7            ".getBytes(StandardCharsets.US_ASCII));
                data.put(77, (byte) mdts).putInt(516, namespaces.size());
                data.putShort(520, (short) oncs).put(525, (byte) vwc);
            }
            case 2 -> {
                assertTrue(version >= 0x10100, "1.0 does not know that");
                namespaces.keySet().forEach(data::putInt);
            }
            case 0 -> {
                byte[] disk = namespaces.get(namespace);
                if (disk != null) {
                    data.putLong(0, disk.length >> blockShift);
                    data.put(25, (byte) 1).put(26, (byte) 1);
                    data.putInt(132, blockShift << 16 | metadata);
                }
            }
            default -> throw new AssertionError("CNS " + what);
        }
        return data.array();
    }

    private int transfer(Command command) {
        byte[] disk = namespaces.get(command.namespace());
        assertTrue(disk != null);
        if (command.opcode() == 0) {
            note("flush " + command.namespace());
            return 0;
        }
        if (command.opcode() == 9) {
            return deallocate(command);
        }
        assertTrue(command.opcode() == 1 || command.opcode() == 2);
        long block = command.entry().getLong(40);
        int blocks = (command.dword(12) & 0xffff) + 1;
        assertEquals(0, command.dword(12) >>> 16);
        int bytes = blocks << blockShift;
        assertTrue(mdts == 0 || bytes <= PAGE << mdts);
        note((command.opcode() == 2 ? "read " : "write ") + block + " " + blocks);
        if (block < 0 || block + blocks > disk.length >> blockShift) {
            return 0x80;
        }
        data(command, disk, (int) block << blockShift, bytes, command.opcode() == 2);
        return 0;
    }

    private int deallocate(Command command) {
        assertEquals(0, command.dword(10), "one range");
        assertEquals(4, command.dword(11));
        byte[] range = new byte[16];
        data(command, range, 0, 16, false);
        ByteBuffer fields = ByteBuffer.wrap(range).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, fields.getInt(0));
        note("discard " + fields.getLong(8) + " " + Integer.toUnsignedLong(fields.getInt(4)));
        return 0;
    }

    /** Moves data to or from where the command's two pointers say (4.3). */
    private void data(Command command, byte[] bytes, int offset, int length, boolean toMemory) {
        long first = command.entry().getLong(24);
        long second = command.entry().getLong(32);
        assertEquals(0, first % 4);
        int done = (int) Math.min(length, PAGE - first % PAGE);
        move(bytes, offset, first, done, toMemory);
        int left = length - done;
        if (left > 0 && left <= PAGE) {
            assertEquals(0, second % PAGE);
            move(bytes, offset + done, second, left, toMemory);
            return;
        }
        assertTrue(left == 0 || second % 8 == 0);
        for (int i = 0; left > 0; i++) {
            assertTrue(second % PAGE + 8 * i < PAGE, "a list that crosses a page's end");
            long page = memory.readLong(at(second + 8 * i));
            assertEquals(0, page % PAGE);
            int part = Math.min(left, PAGE);
            move(bytes, offset + done, page, part, toMemory);
            done += part;
            left -= part;
        }
    }

    private void move(byte[] bytes, int offset, long device, int length, boolean toMemory) {
        if (toMemory) {
            copyToMemory(bytes, offset, device, length);
        } else {
            copyFromMemory(device, bytes, offset, length);
        }
    }
}
