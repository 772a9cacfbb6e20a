package dev.cortado.drivers.ata;

import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.Request;
import dev.cortado.drivers.scsi.ScsiAddress;
import dev.cortado.drivers.scsi.ScsiAnswer;
import dev.cortado.drivers.scsi.ScsiAnswer.Delivery;
import dev.cortado.drivers.scsi.ScsiCommand;
import dev.cortado.drivers.scsi.ScsiScan;
import dev.cortado.drivers.scsi.ScsiTransport;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A drive for CDs: an adapter of its own, whose one unit takes commands of SCSI's as packets (4.3).
 * One is under way at a time, for the reasons that the drive has are those of its last.
 */
public final class PacketDrive implements ScsiTransport {
    /** Of sense data in its fixed format, as far as it is of use. */
    private static final int SENSE_BYTES = 18;

    private static final byte[] NONE = {};

    private final PacketPort port;
    private final PacketIdentity identity;
    private final RingMemory memory;
    private final DeviceBlock sense;
    private final int mostBytes;
    private final long addressLimit;
    private final ReentrantLock lock = new ReentrantLock();

    private PacketDrive(
            PacketPort port,
            PacketIdentity identity,
            RingMemory memory,
            DeviceBlock sense,
            int mostBytes,
            long addressLimit) {
        this.port = port;
        this.identity = identity;
        this.memory = memory;
        this.sense = sense;
        this.mostBytes = mostBytes;
        this.addressLimit = addressLimit;
    }

    /**
     * The disc in a drive, if there is one.
     *
     * @param place of the drive
     * @param mostBytes that the controller transfers with a command
     * @param addressLimit all addresses that it reaches are below
     * @param log hears of a disc that cannot be used
     * @throws IOException the controller's driver is at its end
     */
    public static List<ControllerDisk> discs(
            PacketPort port,
            String place,
            PacketIdentity identity,
            DeviceFrames frames,
            RingMemory memory,
            int mostBytes,
            long addressLimit,
            Consumer<String> log)
            throws IOException {
        DeviceBlock sense = frames.allocate(SENSE_BYTES, addressLimit);
        PacketDrive drive = new PacketDrive(port, identity, memory, sense, mostBytes, addressLimit);
        List<ControllerDisk> discs = new ArrayList<>();
        for (ControllerDisk disc : ScsiScan.disks(drive, frames, memory, log)) {
            discs.add(new ControllerDisk(place, disc.disk()));
        }
        return discs;
    }

    @Override
    public String name() {
        return port.name();
    }

    @Override
    public int targets() {
        return 1;
    }

    @Override
    public int mostBytes() {
        return mostBytes;
    }

    @Override
    public long addressLimit() {
        return addressLimit;
    }

    @Override
    public boolean isAlive() {
        return port.isAlive();
    }

    @Override
    public <T> Request<T> begin(
            ScsiAddress address, ScsiCommand command, Conclusion<T> conclusion, boolean waits)
            throws IOException {
        return Request.ended(conclusion.conclude(answer(address, command)));
    }

    private ScsiAnswer answer(ScsiAddress address, ScsiCommand command) throws IOException {
        if (address.unit() != 0) {
            return ScsiAnswer.undelivered(Delivery.ABSENT, 0);
        }
        if (command.isWrite() || command.block().length > AtaCommand.PACKET_BYTES) {
            return ScsiAnswer.undelivered(Delivery.FAILED, 0);
        }
        lock.lock();
        try {
            PacketAnswer answer = send(command);
            if (answer.isConfused()) {
                return ScsiAnswer.undelivered(Delivery.FAILED, answer.status());
            }
            if (answer.isRefusal()) {
                return ScsiAnswer.refused(reasons());
            }
            Delivery delivery = answer.isShort() ? Delivery.SHORT : Delivery.DONE;
            return new ScsiAnswer(delivery, 0, 0, NONE);
        } finally {
            lock.unlock();
        }
    }

    private PacketAnswer send(ScsiCommand command) throws IOException {
        byte[] packet = Arrays.copyOf(command.block(), AtaCommand.PACKET_BYTES);
        return port.packet(
                AtaCommand.packet(
                        packet, command.address(), command.bytes(), identity.tellsDirection()));
    }

    /** Nothing, if the drive does not even tell them. */
    private byte[] reasons() throws IOException {
        byte[] bytes = new byte[SENSE_BYTES];
        memory.copyIn(bytes, 0, sense.address(0, SENSE_BYTES), SENSE_BYTES);
        PacketAnswer answer = send(ScsiCommand.requestSense(sense.device(), SENSE_BYTES));
        if (answer.isConfused() || answer.isRefusal()) {
            return NONE;
        }
        memory.copyOut(sense.address(0, SENSE_BYTES), bytes, 0, SENSE_BYTES);
        return bytes;
    }
}
