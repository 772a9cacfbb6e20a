package dev.cortado.drivers.tulip;

import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.network.card.ReceiveFilter;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/** A controller from its reset to its reset (HRM, 4.3 and 6). */
final class TulipCard implements NetworkCard {
    private static final int MTU = 1500;
    private static final int MOST_MILLISECONDS = 20;

    /**
     * How often the PHY is asked for its link, of which it does not tell: in units of 81.92 us at
     * 100 Mb/s, and of 819.2 us at 10 (HRM, 3.2.2.11).
     */
    private static final int LINK_INTERVAL = 12_207;

    private static final int CAUSES =
            TulipRegisters.RI
                    | TulipRegisters.RU
                    | TulipRegisters.GTE
                    | TulipRegisters.FBE
                    | TulipRegisters.AIS
                    | TulipRegisters.NIS;

    /** MII, whole packets in the FIFO before they are sent. */
    private static final int MODE =
            TulipRegisters.CSR6_PS
                    | TulipRegisters.CSR6_HBD
                    | TulipRegisters.CSR6_SF
                    | TulipRegisters.CSR6_MBO;

    private final String name;
    private final Registers registers;
    private final Delay delay;
    private final TulipPhy phy;
    private final Facts facts;
    private final TulipTransmitRing transmit;
    private final TulipReceiveRing receive;

    /** CSR6. Guarded by this. */
    private int mode;

    /** Resets a controller. */
    TulipCard(String name, Registers registers, RingMemory memory, DeviceFrames frames, Delay delay)
            throws IOException, InterruptedException {
        this.name = name;
        this.registers = registers;
        this.delay = delay;
        if (registers.bytes() < TulipRegisters.BYTES) {
            throw error("it has registers of " + registers.bytes() + " bytes only");
        }
        reset();
        long macAddress = new TulipSrom(registers).macAddress();
        phy = TulipPhy.find(registers);
        if (phy == null) {
            throw error("it has no PHY on its MII");
        }
        registers.write32(
                TulipRegisters.CSR0, TulipRegisters.CSR0_PBL_8 | TulipRegisters.CSR0_CAL_8);
        transmit = new TulipTransmitRing(registers, memory, frames, CAUSES);
        receive = new TulipReceiveRing(registers, memory, frames);
        facts = new Facts(name, macAddress, MTU, Offloads.SCATTER, transmit, receive);
    }

    private IOException error(String what) {
        return new IOException(name + ": " + what);
    }

    @Override
    public Facts facts() {
        return facts;
    }

    /** The first packet is the setup frame (HRM, 4.2.3). */
    @Override
    public synchronized void start(ReceiveFilter filter) {
        mode = MODE | phy.mode() | TulipRegisters.CSR6_ST;
        setFilter(filter);
        transmit.start();
        mode |= TulipRegisters.CSR6_SR;
        registers.write32(TulipRegisters.CSR6, mode);
        receive.start();
        registers.write32(TulipRegisters.CSR11, TulipRegisters.CSR11_CON | LINK_INTERVAL);
        registers.write32(TulipRegisters.CSR7, CAUSES);
    }

    @Override
    public synchronized void setFilter(ReceiveFilter filter) {
        mode &= ~(TulipRegisters.CSR6_PR | TulipRegisters.CSR6_PM);
        mode |= filter.promiscuous() ? TulipRegisters.CSR6_PR | TulipRegisters.CSR6_PM : 0;
        boolean isAll = filter.allGroups() || !SetupFrame.fits(filter);
        mode |= isAll ? TulipRegisters.CSR6_PM : 0;
        registers.write32(TulipRegisters.CSR6, mode);
        transmit.setUp(filter);
    }

    @Override
    public boolean isLinkUp() {
        return phy.isLinkUp();
    }

    @Override
    public boolean takeCauses() throws IOException {
        int status = registers.read32(TulipRegisters.CSR5);
        if (status == -1) {
            throw error("it does not answer any more");
        }
        registers.write32(TulipRegisters.CSR5, status & TulipRegisters.CAUSES);
        if ((status & TulipRegisters.FBE) != 0) {
            throw error("it could not reach memory");
        }
        return (status & TulipRegisters.GTE) != 0;
    }

    /** It goes on interrupting: what it has said was taken before. */
    @Override
    public void rearm() {}

    @Override
    public synchronized void reset() throws IOException, InterruptedException {
        registers.write32(TulipRegisters.CSR7, 0);
        registers.write32(TulipRegisters.CSR6, MODE);
        for (int i = 0; i < MOST_MILLISECONDS && isRunning(); i++) {
            delay.sleep(1); // it ends what it has begun
        }
        registers.write32(TulipRegisters.CSR0, TulipRegisters.CSR0_SWR);
        delay.sleep(1);
        registers.write32(TulipRegisters.CSR0, 0);
        if (isRunning()) {
            throw error("it does not reset itself");
        }
    }

    /** Also if it does not answer. */
    private boolean isRunning() {
        return (registers.read32(TulipRegisters.CSR5) & TulipRegisters.CSR5_PROCESSES) != 0;
    }
}
