package dev.cortado.drivers.xen.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.pc.PcInterrupts;
import java.nio.charset.StandardCharsets;

/** The local APICs that Xen emulates for PVH and HVM domains, and events through one vector. */
public final class HvmInterrupts extends PcInterrupts {
    private static final byte[] NO_SHARED_INFO =
            ascii("cortado: Xen does not let this domain have its shared information page\n");
    private static final byte[] NO_VECTOR =
            ascii("cortado: this Xen cannot raise an interrupt when there are events\n");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public boolean initialize() {
        if (!super.initialize()) {
            return false;
        }
        if (!SharedInfo.map()) {
            stop(NO_SHARED_INFO);
        }
        if (!EventChannels.start()) {
            stop(NO_VECTOR);
        }
        return true;
    }

    @Uninterruptible(reason = Interrupts.REASON)
    private static void stop(byte[] message) {
        Console.write(message);
        Machine.panic();
    }

    @Override
    @Uninterruptible(reason = Interrupts.REASON)
    public void initializeProcessor() {
        super.initializeProcessor();
        if (!VirtualCpus.learn() || !SharedInfo.startProcessor()) {
            Cpu.haltForever(); // as a CPU that does not start
        }
        EventChannels.startProcessor();
    }
}
