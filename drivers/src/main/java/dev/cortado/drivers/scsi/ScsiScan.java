package dev.cortado.drivers.scsi;

import dev.cortado.drivers.block.controller.CommandDisk;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.DeviceText;
import dev.cortado.drivers.block.controller.DiskCommands;
import dev.cortado.drivers.block.controller.DiskGeometry;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds the disks and discs of an adapter: asks each target which units it has, and each unit what
 * it is.
 */
public final class ScsiScan {
    /** Of an adapter; more than anybody has. */
    static final int MOST_DISKS = 64;

    /** Of data about units, which say how many of them they have. */
    private static final int DATA_BYTES = 512;

    /** Data of INQUIRY (SPC-4, 6.6.2): qualifier and type of what is there. */
    private static final int INQUIRY_BYTES = 36;

    private static final int CONNECTED_DISK = 0;
    private static final int CONNECTED_DISC = 5;

    private static final int CAPACITY_10_BYTES = 8;
    private static final int CAPACITY_16_BYTES = 32;

    /** More blocks than the shorter command can say (SBC-3, 5.15.2). */
    private static final long UNKNOWN_10 = 0xffff_ffffL;

    /** Of the longer one: blocks can be given back (5.16.2). */
    private static final int LBPME_BYTE = 14;

    private static final int LBPME = 1 << 7;

    /** Pages of vital product data (SPC-4, 7.8; SBC-3, 6.6). */
    private static final int PAGE_SERIAL_NUMBER = 0x80;

    private static final int PAGE_LIMITS = 0xb0;
    private static final int LIMITS_BYTES = 24;
    private static final int LIMITS_TRANSFER = 8;
    private static final int LIMITS_UNMAP = 20;

    /** Of the header of MODE SENSE (6) (SPC-4, 7.5.5; SBC-3, 6.5.1). */
    private static final int MODE_BYTES = 192;

    private static final int MODE_WRITE_PROTECTED = 1 << 7;

    /** An entry of REPORT LUNS (SPC-4, 6.33). */
    private static final int LUN_BYTES = 8;

    private static final long MOST_BLOCKS = 1L << 32;

    /** A drive needs some seconds for a disc that was just put in. */
    private static final long MOST_WAIT_MILLIS = 20_000;

    private static final long PAUSE_MILLIS = 100;

    private final ScsiTransport transport;
    private final RingMemory memory;
    private final DeviceBlock data;
    private final Consumer<String> log;
    private final List<ControllerDisk> disks = new ArrayList<>();

    /** Milliseconds that are left for units to make themselves ready. */
    private long patience = MOST_WAIT_MILLIS;

    private ScsiScan(
            ScsiTransport transport, RingMemory memory, DeviceBlock data, Consumer<String> log) {
        this.transport = transport;
        this.memory = memory;
        this.data = data;
        this.log = log;
    }

    /**
     * All disks, by their targets and units.
     *
     * @param log hears of those that cannot be used
     * @throws IOException the adapter's driver is at its end
     */
    public static List<ControllerDisk> disks(
            ScsiTransport transport, DeviceFrames frames, RingMemory memory, Consumer<String> log)
            throws IOException {
        DeviceBlock data = frames.allocate(DATA_BYTES, transport.addressLimit());
        ScsiScan scan = new ScsiScan(transport, memory, data, log);
        for (int target = 0; target < transport.targets(); target++) {
            scan.target(target);
        }
        frames.free(data);
        return scan.disks;
    }

    private void target(int target) throws IOException {
        ScsiAddress first = new ScsiAddress(target, 0);
        byte[] list = new byte[DATA_BYTES];
        ScsiAnswer answer = ask(first, ScsiCommand.reportLuns(data.device(), DATA_BYTES), list);
        if (answer.isAbsent()) {
            return;
        }
        TreeSet<Integer> units = new TreeSet<>();
        if (answer.isDone()) {
            long bytes = Integer.toUnsignedLong(ByteBuffer.wrap(list).getInt());
            if (bytes > DATA_BYTES - LUN_BYTES) {
                log.accept(
                        "%s target %d: only the first %d of its %d units"
                                .formatted(
                                        transport.name(),
                                        target,
                                        DATA_BYTES / LUN_BYTES - 1,
                                        bytes / LUN_BYTES));
            }
            for (int i = LUN_BYTES; i <= DATA_BYTES - LUN_BYTES && i <= bytes; i += LUN_BYTES) {
                units.add(ScsiAddress.unit(list[i] & 0xff, list[i + 1] & 0xff));
            }
            units.remove(-1);
        } else {
            units.add(0);
        }
        for (int unit : units) {
            if (disks.size() == MOST_DISKS) {
                log.accept(transport.name() + ": only its first " + MOST_DISKS + " disks");
                return;
            }
            try {
                unit(new ScsiAddress(target, unit));
            } catch (IOException e) {
                if (!transport.isAlive()) {
                    throw e;
                }
                log.accept(e.getMessage());
            }
        }
    }

    private void unit(ScsiAddress address) throws IOException {
        String name = transport.name() + ' ' + address;
        byte[] inquiry = new byte[INQUIRY_BYTES];
        ScsiCommand command = ScsiCommand.inquiry(data.device(), INQUIRY_BYTES);
        ScsiAnswer answer = ask(address, command, inquiry);
        if (answer.isAbsent()) {
            return;
        }
        if (!answer.isDone()) {
            throw answer.error(name, command);
        }
        boolean isDisc = inquiry[0] == CONNECTED_DISC;
        if (!isDisc && inquiry[0] != CONNECTED_DISK) {
            return;
        }
        ScsiCommand test = ScsiCommand.testUnitReady();
        answer = awaitReady(address, test);
        if (isDisc && answer.tellsOfNoMedium()) {
            return;
        }
        if (!answer.isDone()) {
            throw answer.error(name, test);
        }
        DiskGeometry geometry = isDisc ? disc(name, address) : geometry(name, address);
        int blockBytes = geometry.blockBytes();
        DiskCommands commands =
                isDisc
                        ? new ScsiDisc(transport, address, name, blockBytes)
                        : new ScsiUnit(transport, address, name, blockBytes);
        disks.add(
                new ControllerDisk(
                        address.toString(),
                        new CommandDisk(geometry, commands, transport.addressLimit())));
    }

    /** For some time, which all units of an adapter have together. */
    private ScsiAnswer awaitReady(ScsiAddress address, ScsiCommand test) throws IOException {
        ScsiAnswer answer = ScsiUnit.run(transport, address, test);
        while (answer.tellsOfBecomingReady() && patience > 0) {
            try {
                transport.pause(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answer;
            }
            patience -= PAUSE_MILLIS;
            answer = ScsiUnit.run(transport, address, test);
        }
        return answer;
    }

    /** MMC-6, 6.26: of the longer command, and of pages, drives for discs know nothing. */
    private DiskGeometry disc(String name, ScsiAddress address) throws IOException {
        ByteBuffer capacity = ByteBuffer.allocate(CAPACITY_10_BYTES);
        ScsiCommand command = ScsiCommand.readCapacity10(data.device(), CAPACITY_10_BYTES);
        ScsiAnswer answer = ask(address, command, capacity.array());
        if (!answer.isDone()) {
            throw answer.error(name, command);
        }
        return DiskGeometry.of(
                name,
                "",
                Integer.toUnsignedLong(capacity.getInt(0)) + 1,
                Integer.toUnsignedLong(capacity.getInt(4)),
                true,
                transport.mostBytes(),
                0);
    }

    private DiskGeometry geometry(String name, ScsiAddress address) throws IOException {
        ByteBuffer capacity = ByteBuffer.allocate(CAPACITY_16_BYTES);
        long device = data.device();
        long last;
        long blockBytes;
        boolean gives = false;
        ScsiCommand command = ScsiCommand.readCapacity16(device, CAPACITY_16_BYTES);
        if (ask(address, command, capacity.array()).isDone()) {
            last = capacity.getLong(0);
            blockBytes = Integer.toUnsignedLong(capacity.getInt(8));
            gives = (capacity.get(LBPME_BYTE) & LBPME) != 0;
        } else {
            command = ScsiCommand.readCapacity10(device, CAPACITY_10_BYTES);
            ScsiAnswer answer = ask(address, command, capacity.array());
            last = Integer.toUnsignedLong(capacity.getInt(0));
            blockBytes = Integer.toUnsignedLong(capacity.getInt(4));
            if (!answer.isDone() || last == UNKNOWN_10) {
                throw answer.error(name, command);
            }
        }
        byte[] mode = new byte[4];
        boolean isReadOnly =
                ask(address, ScsiCommand.modeSense(device, MODE_BYTES), mode).isDone()
                        && (mode[2] & MODE_WRITE_PROTECTED) != 0;
        ByteBuffer limits = ByteBuffer.wrap(page(address, PAGE_LIMITS));
        long transfer = MOST_BLOCKS;
        long unmap = 0;
        if (limits.capacity() >= LIMITS_BYTES) {
            long blocks = Integer.toUnsignedLong(limits.getInt(LIMITS_TRANSFER));
            transfer = blocks == 0 ? transfer : blocks;
            unmap = gives ? Integer.toUnsignedLong(limits.getInt(LIMITS_UNMAP)) : 0;
        }
        return DiskGeometry.of(
                name,
                serialNumber(address),
                last < 0 || last == Long.MAX_VALUE ? -1 : last + 1,
                blockBytes,
                isReadOnly,
                Math.min(transport.mostBytes(), transfer * blockBytes),
                unmap * blockBytes);
    }

    private String serialNumber(ScsiAddress address) throws IOException {
        byte[] page = page(address, PAGE_SERIAL_NUMBER);
        return page.length <= 4 ? "" : DeviceText.of(page, 4, page.length - 4);
    }

    /** A page of vital product data, as long as it says that it is; empty if there is none. */
    private byte[] page(ScsiAddress address, int page) throws IOException {
        byte[] bytes = new byte[DATA_BYTES];
        ScsiCommand command = ScsiCommand.inquiry(page, data.device(), DATA_BYTES / 2 - 1);
        boolean isThere = ask(address, command, bytes).isDone() && (bytes[1] & 0xff) == page;
        int length = isThere ? 4 + (ByteBuffer.wrap(bytes).getShort(2) & 0xffff) : 0;
        return Arrays.copyOf(bytes, Math.min(length, bytes.length));
    }

    /** What it says is in the first bytes, and zeros are behind that. */
    private ScsiAnswer ask(ScsiAddress address, ScsiCommand command, byte[] into)
            throws IOException {
        for (int i = 0; i < DATA_BYTES; i += Long.BYTES) {
            memory.writeLong(data.address(i, Long.BYTES), 0);
        }
        ScsiAnswer answer = ScsiUnit.run(transport, address, command);
        memory.copyOut(data.address(0, into.length), into, 0, into.length);
        return answer;
    }
}
