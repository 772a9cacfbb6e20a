package dev.cortado.drivers.xen.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenHypervisor;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.machine.PowerDevice;
import dev.cortado.kernel.memory.VirtualMemory;

/**
 * The end of a domain: a panic is a crash, so that the domain's {@code on_crash} applies, and
 * everything else its {@code on_poweroff}, or {@code on_reboot} if that was asked for. The exit
 * code is in xenstore, at {@code data/cortado/exit-code} in the domain's directory, as long as the
 * domain is there: with {@code on_poweroff='preserve'} until somebody destroys it.
 */
public class XenPower implements PowerDevice {
    /** Xen shows what a PVH or HVM domain writes there on its own console. */
    private static final int DEBUG_PORT = 0xe9;

    /** Of the time-stamp counter: a second or so for xenstored to read the exit code. */
    private static final long LONGEST_WAIT = 3_000_000_000L;

    private final ExitNote note = new ExitNote(new VirtualMemory());

    private static int reason = Schedule.POWER_OFF;

    /** How the domain ends from now on if it is not by a panic, one of {@link Schedule}'s. */
    public static void setReason(int chosen) {
        reason = chosen;
    }

    /** It is a call, and has no registers. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void open() {}

    /** Who asks a domain to end does it through xenstore. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void enable() {}

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void explain(byte character) {
        Cpu.out8(DEBUG_PORT, character);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void powerOff(boolean panicked, int code) {
        if (!isOnXen()) {
            return;
        }
        if (panicked) {
            explain((byte) '\n');
        }
        leaveNote(code);
        Console.drain();
        Schedule.shutdown(panicked ? Schedule.CRASH : reason);
    }

    /** Whether there is a hypervisor to be called. */
    @Uninterruptible(reason = Hypercall.REASON)
    protected boolean isOnXen() {
        return XenHypervisor.isPresent();
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private void leaveNote(int code) {
        long page = StartPages.storePage();
        if (page != 0 && awaitStore(page)) {
            note.put(page, code);
            awaitStore(page);
        }
    }

    /** Waits until xenstored has read everything; false if it does not. */
    @Uninterruptible(reason = Hypercall.REASON)
    private boolean awaitStore(long page) {
        long begin = Cpu.readTimeStampCounter();
        EventChannels.notify(StartPages.storePort());
        while (!note.isTaken(page)) {
            if (Cpu.readTimeStampCounter() - begin > LONGEST_WAIT) {
                return false;
            }
            Schedule.yield();
        }
        return true;
    }
}
