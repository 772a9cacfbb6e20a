package dev.cortado.drivers.vmware.vmxnet3;

import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.network.card.ReceiveFilter;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** A vmxnet3 from its reset to its reset. */
final class Vmxnet3Card implements NetworkCard {
    private static final int MTU = 1500;

    private static final int OFFLOADS =
            Offloads.SCATTER
                    | Offloads.CHECKSUM
                    | Offloads.RECEIVE_CHECKSUM
                    | Offloads.SEGMENTATION_TCP4
                    | Offloads.SEGMENTATION_TCP6;

    private final String name;
    private final Registers passThrough;
    private final Registers device;
    private final boolean isMessages;
    private final boolean isAutoMask;
    private final DriverShared shared;
    private final Facts facts;
    private final Vmxnet3ReceiveRing receive;

    /**
     * Resets a card.
     *
     * @param passThrough what base address 0 has
     * @param device what base address 1 has
     * @param messages how many messages it has; 0 if it interrupts by its pin
     */
    Vmxnet3Card(
            String name,
            Registers passThrough,
            Registers device,
            int messages,
            RingMemory memory,
            DeviceFrames frames)
            throws IOException {
        this.name = name;
        this.passThrough = passThrough;
        this.device = device;
        isMessages = messages > 0;
        if (passThrough.bytes() < Vmxnet3Registers.PASS_THROUGH_BYTES
                || device.bytes() < Vmxnet3Registers.DEVICE_BYTES) {
            throw error(
                    "it has registers of "
                            + passThrough.bytes()
                            + " and "
                            + device.bytes()
                            + " bytes only");
        }
        reset();
        choose(Vmxnet3Registers.VRRS, "itself");
        choose(Vmxnet3Registers.UVRS, "UPT");
        long macAddress = readAddress();
        int configuration = ask(Vmxnet3Registers.CMD_GET_CONF_INTR);
        isAutoMask =
                (configuration >>> Vmxnet3Registers.MASK_MODE_SHIFT
                                & Vmxnet3Registers.MASK_MODE_MASK)
                        == Vmxnet3Registers.MASK_MODE_AUTO;
        int interrupts = messages > 1 ? 2 : 1;
        shared = new DriverShared(memory, frames, interrupts, isAutoMask, MTU);
        Vmxnet3TransmitRing transmit =
                new Vmxnet3TransmitRing(name, passThrough, memory, frames, MTU, interrupts);
        transmit.describe(shared);
        receive = new Vmxnet3ReceiveRing(name, passThrough, memory, shared, frames);
        facts = new Facts(name, macAddress, MTU, OFFLOADS, transmit, receive);
    }

    private IOException error(String what) {
        return new IOException(name + ": " + what);
    }

    /** Of the revisions that the device knows, a bit for each, the first one. */
    private void choose(int register, String what) throws IOException {
        int known = device.read32(register);
        if (known == -1 || (known & Vmxnet3Registers.REVISION_1) == 0) {
            throw error("it does not know revision 1 of " + what);
        }
        device.write32(register, Vmxnet3Registers.REVISION_1);
    }

    /** One command at a time, with its answer. */
    private synchronized int ask(int command) throws IOException {
        device.write32(Vmxnet3Registers.CMD, command);
        int answer = device.read32(Vmxnet3Registers.CMD);
        if (answer == -1) {
            throw error("it does not answer any more");
        }
        return answer;
    }

    private synchronized void tell(int command) {
        device.write32(Vmxnet3Registers.CMD, command);
    }

    /** The byte that is sent first is the lowest one. */
    private long readAddress() throws IOException {
        long low = Integer.toUnsignedLong(ask(Vmxnet3Registers.CMD_GET_PERM_MAC_LO));
        long high = ask(Vmxnet3Registers.CMD_GET_PERM_MAC_HI) & 0xffff;
        return Long.reverseBytes(low | high << Integer.SIZE) >>> Short.SIZE;
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public void start(ReceiveFilter filter) throws IOException {
        device.write32(Vmxnet3Registers.DSAL, (int) shared.deviceAddress());
        device.write32(Vmxnet3Registers.DSAH, (int) (shared.deviceAddress() >>> Integer.SIZE));
        shared.setFilter(filter);
        int status = ask(Vmxnet3Registers.CMD_ACTIVATE_DEV);
        if (status != 0) {
            throw error("it does not become active: " + status);
        }
        receive.start();
        setFilter(filter);
        shared.enableInterrupts();
        rearm();
    }

    @Override
    public void setFilter(ReceiveFilter filter) {
        long bytes = Long.reverseBytes(filter.address()) >>> Short.SIZE;
        device.write32(Vmxnet3Registers.MACL, (int) bytes);
        device.write32(Vmxnet3Registers.MACH, (int) (bytes >>> Integer.SIZE));
        shared.setFilter(filter);
        tell(Vmxnet3Registers.CMD_UPDATE_MAC_FILTERS);
        tell(Vmxnet3Registers.CMD_UPDATE_RX_MODE);
    }

    @Override
    public boolean isLinkUp() throws IOException {
        return (ask(Vmxnet3Registers.CMD_GET_LINK) & Vmxnet3Registers.LINK_UP) != 0;
    }

    @Override
    public boolean takeCauses() throws IOException {
        if (!isMessages) {
            if (device.read32(Vmxnet3Registers.ICR) == -1) {
                throw error("it does not answer any more");
            }
        }
        if (!isAutoMask) {
            passThrough.write32(Vmxnet3Registers.IMR, 1);
        }
        int events = shared.events();
        if (events == 0) {
            return false;
        }
        device.write32(Vmxnet3Registers.ECR, events);
        if ((events & (Vmxnet3Registers.ECR_RQERR | Vmxnet3Registers.ECR_TQERR)) != 0) {
            ask(Vmxnet3Registers.CMD_GET_QUEUE_STATUS);
            throw error("it has stopped with errors " + shared.errors());
        }
        return (events & Vmxnet3Registers.ECR_LINK) != 0;
    }

    @Override
    public void rearm() {
        passThrough.write32(Vmxnet3Registers.IMR, 0);
    }

    @Override
    public void reset() throws IOException {
        tell(Vmxnet3Registers.CMD_QUIESCE_DEV);
        tell(Vmxnet3Registers.CMD_RESET_DEV);
        if (device.read32(Vmxnet3Registers.VRRS) == -1) {
            throw error("it does not reset itself");
        }
    }
}
