package dev.cortado.drivers.intel;

import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.network.card.ReceiveFilter;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** A gigabit card from its reset to its reset (SDM, 14; 82574, 4.6). */
final class IntelCard implements NetworkCard {
    private static final int MTU = 1500;

    /** For a card that ends what it has begun, and then resets itself. */
    private static final int MOST_MILLISECONDS = 100;

    /** For an EEPROM that is read after a reset (SDM, 13.4.1, RST). */
    private static final int EEPROM_MILLISECONDS = 5;

    /** At most so often a second, in units of 256 ns (SDM, 13.4.18). */
    private static final int INTERRUPT_INTERVAL = 1_000_000_000 / 256 / 20_000;

    /** IPGT, IPGR1 and IPGR2 (SDM, table 13-77). */
    private static final int COPPER_TIPG = 10 | 8 << 10 | 6 << 20;

    /** What half duplex wants, and full duplex does not mind (SDM, 13.4.33). */
    private static final int COLLISION_THRESHOLD = 0x0f;

    private static final int COLLISION_DISTANCE = 0x40;

    private final String name;
    private final IntelModel model;
    private final Registers registers;
    private final boolean isMessages;
    private final Delay delay;
    private final IntelAddresses addresses;
    private final Facts facts;
    private final IntelReceiveRing receive;

    /**
     * Resets a card.
     *
     * @param isMessages whether it interrupts by MSI-X
     */
    IntelCard(
            String name,
            IntelModel model,
            Registers registers,
            boolean isMessages,
            RingMemory memory,
            DeviceFrames frames,
            Delay delay)
            throws IOException, InterruptedException {
        this.name = name;
        this.model = model;
        this.registers = registers;
        this.isMessages = isMessages;
        this.delay = delay;
        if (registers.bytes() < IntelRegisters.BYTES) {
            throw error("it has registers of " + registers.bytes() + " bytes only");
        }
        reset();
        addresses = new IntelAddresses(registers, model);
        long macAddress = addresses.read();
        int sent = isMessages ? IntelRegisters.TXQ0 : IntelRegisters.TXDW;
        IntelTransmitRing transmit = new IntelTransmitRing(registers, memory, frames, MTU, sent);
        receive = new IntelReceiveRing(registers, memory, frames);
        facts = new Facts(name, macAddress, MTU, offloads(model), transmit, receive);
    }

    private IOException error(String what) {
        return new IOException(name + ": " + what);
    }

    private int read(int register) {
        return registers.read32(register);
    }

    private void write(int register, int value) {
        registers.write32(register, value);
    }

    @Override
    public Facts facts() {
        return facts;
    }

    /** Older cards cut segments of IPv4 only. */
    private static int offloads(IntelModel model) {
        return Offloads.SCATTER
                | Offloads.CHECKSUM
                | Offloads.RECEIVE_CHECKSUM
                | Offloads.SEGMENTATION_TCP4
                | (model.isExpress() ? Offloads.SEGMENTATION_TCP6 : 0);
    }

    @Override
    public void start(ReceiveFilter filter) {
        if (model.isExpress()) {
            write(
                    IntelRegisters.CTRL_EXT,
                    read(IntelRegisters.CTRL_EXT) & ~IntelRegisters.CTRL_EXT_IAME
                            | IntelRegisters.CTRL_EXT_DRV_LOAD);
        }
        startLink();
        addresses.clearOthers();
        startTransmit();
        startReceive(filter);
        startInterrupts();
    }

    /** Speed and duplex are the PHY's to agree on (SDM, 14.5.1). */
    private void startLink() {
        int off =
                IntelRegisters.CTRL_LRST
                        | IntelRegisters.CTRL_ILOS
                        | IntelRegisters.CTRL_FRCSPD
                        | IntelRegisters.CTRL_FRCDPX
                        | IntelRegisters.CTRL_VME
                        | IntelRegisters.CTRL_PHY_RST;
        int on = IntelRegisters.CTRL_SLU | IntelRegisters.CTRL_ASDE;
        write(IntelRegisters.CTRL, read(IntelRegisters.CTRL) & ~off | on);
    }

    /** SDM, 14.5.2 (transmit initialization); 82574, 4.6.6. */
    private void startTransmit() {
        write(IntelRegisters.TIDV, 0);
        write(IntelRegisters.TADV, 0);
        if (model.isExpress()) {
            write(
                    IntelRegisters.TXDCTL,
                    read(IntelRegisters.TXDCTL) | IntelRegisters.TXDCTL_COUNT_DESCRIPTORS);
        } else {
            write(IntelRegisters.TIPG, COPPER_TIPG);
        }
        write(
                IntelRegisters.TCTL,
                IntelRegisters.TCTL_EN
                        | IntelRegisters.TCTL_PSP
                        | COLLISION_THRESHOLD << IntelRegisters.TCTL_CT_SHIFT
                        | COLLISION_DISTANCE << IntelRegisters.TCTL_COLD_SHIFT);
    }

    /** SDM, 14.4 (receive initialization); 82574, 4.6.5. */
    private void startReceive(ReceiveFilter filter) {
        write(IntelRegisters.RDTR, 0);
        write(IntelRegisters.RADV, 0);
        write(IntelRegisters.RXCSUM, IntelRegisters.RXCSUM_IPOFL | IntelRegisters.RXCSUM_TUOFL);
        if (model.isExpress()) {
            write(IntelRegisters.RFCTL, 0); // legacy descriptors
        }
        setFilter(filter);
        receive.start();
    }

    /** 82574, 7.4.2 and 7.4.4: message 0 is for all, and clears what it is for. */
    private void startInterrupts() {
        if (isMessages) {
            write(
                    IntelRegisters.IVAR,
                    IntelRegisters.IVAR_RXQ0_VALID
                            | IntelRegisters.IVAR_TXQ0_VALID
                            | IntelRegisters.IVAR_OTHER_VALID);
            write(IntelRegisters.EIAC, IntelRegisters.RXQ0 | IntelRegisters.TXQ0);
            write(IntelRegisters.EITR0, INTERRUPT_INTERVAL);
        } else {
            write(IntelRegisters.ITR, INTERRUPT_INTERVAL);
        }
        write(IntelRegisters.IMS, causes());
    }

    private int causes() {
        return isMessages
                ? IntelRegisters.RXQ0 | IntelRegisters.OTHER | IntelRegisters.LSC
                : IntelRegisters.RXT0 | IntelRegisters.RXO | IntelRegisters.LSC;
    }

    @Override
    public void setFilter(ReceiveFilter filter) {
        addresses.set(filter);
        write(
                IntelRegisters.RCTL,
                IntelRegisters.RCTL_EN
                        | IntelRegisters.RCTL_BAM
                        | IntelRegisters.RCTL_SECRC
                        | (filter.promiscuous()
                                ? IntelRegisters.RCTL_UPE | IntelRegisters.RCTL_MPE
                                : 0)
                        | (filter.allGroups() ? IntelRegisters.RCTL_MPE : 0));
    }

    @Override
    public boolean isLinkUp() throws IOException {
        int status = read(IntelRegisters.STATUS);
        if (status == -1) {
            throw error("it does not answer any more");
        }
        return (status & IntelRegisters.STATUS_LU) != 0;
    }

    /** To read them clears them, but for messages, which want some of them written. */
    @Override
    public boolean takeCauses() throws IOException {
        int causes = read(IntelRegisters.ICR);
        if (causes == -1) {
            throw error("it does not answer any more");
        }
        if (isMessages && causes != 0) {
            write(IntelRegisters.ICR, causes & (IntelRegisters.LSC | IntelRegisters.OTHER));
        }
        return (causes & IntelRegisters.LSC) != 0;
    }

    /** A message masks what it was for. */
    @Override
    public void rearm() {
        if (isMessages) {
            write(IntelRegisters.IMS, causes());
        }
    }

    @Override
    public void reset() throws IOException, InterruptedException {
        write(IntelRegisters.IMC, -1);
        write(IntelRegisters.RCTL, 0);
        write(IntelRegisters.TCTL, IntelRegisters.TCTL_PSP);
        if (model.isExpress()) {
            endTransfers();
        }
        write(IntelRegisters.CTRL, read(IntelRegisters.CTRL) | IntelRegisters.CTRL_RST);
        delay.sleep(model.isExpress() ? 1 : EEPROM_MILLISECONDS);
        for (int i = 0; !isReset(); i++) {
            if (i == MOST_MILLISECONDS) {
                throw error("it does not reset itself");
            }
            delay.sleep(1);
        }
        write(IntelRegisters.IMC, -1);
        read(IntelRegisters.ICR);
    }

    /** One that does not end them is reset all the same (82574, 3.1.3.10: PCIe master disable). */
    private void endTransfers() throws InterruptedException {
        write(
                IntelRegisters.CTRL,
                read(IntelRegisters.CTRL) | IntelRegisters.CTRL_GIO_MASTER_DISABLE);
        int enabled = IntelRegisters.STATUS_GIO_MASTER_ENABLE;
        for (int i = 0;
                i < MOST_MILLISECONDS && (read(IntelRegisters.STATUS) & enabled) != 0;
                i++) {
            delay.sleep(1);
        }
    }

    private boolean isReset() {
        boolean isDone = (read(IntelRegisters.CTRL) & IntelRegisters.CTRL_RST) == 0;
        boolean isRead =
                !model.isExpress()
                        || (read(IntelRegisters.EECD) & IntelRegisters.EECD_AUTO_RD) != 0;
        return isDone && isRead;
    }
}
