package dev.cortado.drivers.xen.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.serial.Uart16550;
import dev.cortado.drivers.xen.console.XenConsole;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenHypervisor;
import dev.cortado.drivers.xen.shared.HvmPages;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.ConsoleDevice;
import dev.cortado.kernel.cpu.Cpu;
import java.nio.charset.StandardCharsets;
import org.graalvm.word.Pointer;

/**
 * The console of a PVH or HVM domain: the one that Xen's tool stack shares, or before that is known
 * and where there is none, a serial port if the domain has one. The first thing that a domain
 * starts.
 */
public final class HvmConsole implements ConsoleDevice {
    private static final byte[] NO_XEN =
            ascii("cortado: this image is for a domU of Xen, and this machine is not one\n");

    private final Uart16550 serial = new Uart16550();
    private final XenConsole shared = new XenConsole();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void initialize() {
        serial.initialize();
        if (!XenHypervisor.initialize()) {
            Console.write(NO_XEN);
            Cpu.haltForever();
        }
        HvmPages.initialize();
        StartPages.read();
        shared.initialize();
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private ConsoleDevice device() {
        return shared.isConnected() ? shared : serial;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int write(Pointer bytes, int count) {
        return device().write(bytes, count);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean hasRoom() {
        return device().hasRoom();
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void flush() {
        device().flush();
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean isDrained() {
        return device().isDrained();
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void relax() {
        device().relax();
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void noRoomForLong() {
        device().noRoomForLong();
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void enableInterrupts() {
        device().enableInterrupts();
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int read() {
        return device().read();
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void setInputWanted(boolean wanted) {
        device().setInputWanted(wanted);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean awaitsRoom() {
        return device().awaitsRoom();
    }

    /** The domain was restored. */
    @Uninterruptible(reason = Hypercall.REASON)
    public void resume() {
        shared.resume();
    }
}
