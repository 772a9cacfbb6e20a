package dev.cortado.drivers.ata.ide;

import dev.cortado.drivers.ata.AtaCommand;
import dev.cortado.drivers.ata.AtaDisk;
import dev.cortado.drivers.ata.AtaIdentity;
import dev.cortado.drivers.ata.AtaTransport;
import dev.cortado.drivers.ata.PacketAnswer;
import dev.cortado.drivers.ata.PacketDrive;
import dev.cortado.drivers.ata.PacketIdentity;
import dev.cortado.drivers.ata.PacketPort;
import dev.cortado.drivers.ata.TrimRanges;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerStart;
import dev.cortado.drivers.block.controller.PciControllerLife;
import dev.cortado.drivers.block.controller.RequestTable;
import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.kernel.ipc.PostponedInterrupt;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One life of the driver of a channel, whose drives get one command at a time, together. */
final class IdeChannel extends PciControllerLife {
    /** What {@link PciAccess#registers} gives a channel: both kinds of ports, and its DMA's. */
    static final int COMMAND_PORTS = 0;

    static final int CONTROL_PORTS = 1;
    static final int DMA_PORTS = 2;

    /** Of an answer: the drive's registers, and whether its data came through, and all of it. */
    private static final int DMA_FAILED = 1 << 16;

    private static final int DMA_HAS_ROOM = 1 << 17;

    private final RequestTable table;
    private final TaskFile taskFile;
    private final BusMaster busMaster;
    private final DeviceBlock ranges;

    /** That a drive takes no command any more. Guarded by the table's lock. */
    private IOException refusal;

    private IdeChannel(PciAccess access, long patience) throws IOException {
        super(access, patience);
        taskFile =
                new TaskFile(
                        access, access.registers(COMMAND_PORTS), access.registers(CONTROL_PORTS));
        busMaster = new BusMaster(access, access.registers(DMA_PORTS));
        ranges = access.frames().allocate(TrimRanges.BYTES, BusMaster.ADDRESS_LIMIT);
        table = requests.table(1);
    }

    /**
     * Resets a channel, and finds its disks.
     *
     * @param access is closed if that fails
     * @param patience nanoseconds that a drive has for a command
     */
    static IdeChannel start(PciAccess access, long patience, Consumer<String> log)
            throws IOException, InterruptedException {
        return ControllerStart.start(
                access::close,
                () -> new IdeChannel(access, patience),
                channel -> channel.begin(log));
    }

    private void begin(Consumer<String> log) throws IOException, InterruptedException {
        busMaster.stop();
        taskFile.reset();
        access.admitToMemory();
        Map<Drive, PacketIdentity> packetDrives = new LinkedHashMap<>();
        for (int i = 0; i < TaskFile.DRIVES; i++) {
            Drive drive = new Drive(i);
            try {
                byte[] identity =
                        taskFile.identify(i, AtaCommand.IDENTIFY_DEVICE, AtaIdentity.BYTES);
                if (identity.length > 0) {
                    disks.add(drive.disk(identity));
                } else if (taskFile.takesPackets()) {
                    int code = AtaCommand.IDENTIFY_PACKET_DEVICE;
                    byte[] other = taskFile.identify(i, code, AtaIdentity.BYTES);
                    if (other.length > 0) {
                        packetDrives.put(drive, PacketIdentity.of(drive.name(), other));
                    }
                }
            } catch (IOException e) {
                log.accept(e.getMessage());
            }
        }
        busMaster.clear();
        taskFile.enableInterrupts();
        requests.setUp(this::serve, () -> findDiscs(packetDrives, log));
    }

    private void findDiscs(Map<Drive, PacketIdentity> drives, Consumer<String> log)
            throws IOException {
        for (Map.Entry<Drive, PacketIdentity> each : drives.entrySet()) {
            disks.addAll(
                    PacketDrive.discs(
                            each.getKey(),
                            each.getKey().place(),
                            each.getValue(),
                            access.frames(),
                            access.memory(),
                            BusMaster.MOST_BYTES,
                            BusMaster.ADDRESS_LIMIT,
                            log));
        }
    }

    /** One of the two. */
    private final class Drive implements AtaTransport, PacketPort {
        private final int number;

        Drive(int number) {
            this.number = number;
        }

        String place() {
            return "drive " + number;
        }

        @Override
        public String name() {
            return access.name() + ' ' + place();
        }

        ControllerDisk disk(byte[] identity) throws IOException {
            return new ControllerDisk(
                    place(),
                    AtaDisk.of(
                            name(),
                            this,
                            AtaIdentity.of(name(), identity),
                            BusMaster.MOST_BYTES,
                            BusMaster.ADDRESS_LIMIT));
        }

        @Override
        public PacketAnswer packet(AtaCommand command) throws IOException {
            return table.run(
                    slot -> submit(number, command),
                    (slot, answer) -> {
                        boolean isShort = command.bytes() > 0 && (answer & DMA_HAS_ROOM) != 0;
                        boolean isLost = (answer & DMA_FAILED) != 0;
                        return new PacketAnswer((int) answer & 0xff, isShort, isLost);
                    });
        }

        @Override
        public boolean isAlive() {
            return requests.isAlive();
        }

        @Override
        public void run(AtaCommand command) throws IOException {
            table.run(
                    slot -> submit(number, command),
                    (slot, answer) -> conclude(name(), command, answer));
        }

        @Override
        public void trim(long block, long blocks) throws IOException {
            AtaCommand command = TrimRanges.command(ranges.device());
            table.run(
                    slot -> {
                        long at = ranges.address(0, TrimRanges.BYTES);
                        TrimRanges.write(access.memory(), at, block, blocks);
                        submit(number, command);
                    },
                    (slot, answer) -> conclude(name(), command, answer));
        }
    }

    private void submit(int drive, AtaCommand command) {
        if (command.bytes() > 0) {
            busMaster.prepare(command.address(), command.bytes(), command.isWrite());
        } else {
            busMaster.clear();
        }
        try {
            // What can be interrupted while the drive has got nothing of it.
            PostponedInterrupt.during(() -> taskFile.issue(drive, command));
            if (command.packet().length > 0) {
                PostponedInterrupt.during(() -> taskFile.send(drive, command.packet()));
            }
        } catch (IOException e) {
            // The request waits for the reset, after which it is made again.
            refusal = new IOException(access.name() + ": " + e.getMessage(), e);
            access.wake();
            return;
        }
        if (command.bytes() > 0) {
            busMaster.start(command.isWrite());
        }
    }

    private static Void conclude(String name, AtaCommand command, long answer) throws IOException {
        int wrong = AtaCommand.STATUS_ERR | AtaCommand.STATUS_DF | AtaCommand.STATUS_DRQ;
        if ((answer & (wrong | DMA_FAILED)) != 0) {
            throw command.error(name, answer);
        }
        return null;
    }

    @Override
    protected void takeAnswers() {
        table.serve(this::take);
    }

    private void take() throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        if (!busMaster.hasInterrupted()) {
            return;
        }
        if ((taskFile.status() & AtaCommand.STATUS_BSY) != 0) {
            return; // it was for something else; it will come
        }
        long answer = taskFile.takeStatus() | (busMaster.hasFailed() ? DMA_FAILED : 0);
        answer |= busMaster.hasRoom() ? DMA_HAS_ROOM : 0;
        answer |= taskFile.error() << Byte.SIZE;
        busMaster.stop();
        busMaster.clear();
        if (table.isUnderWay(0)) {
            table.finish(0, answer);
        }
    }

    /** Without its DMA, a channel does not reach memory; its drives forget what they did. */
    @Override
    protected void reset() throws IOException, InterruptedException {
        busMaster.stop();
        taskFile.reset();
    }
}
