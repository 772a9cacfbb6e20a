package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Xen's numbers of the CPUs, which need not be the kernel's. */
public final class VirtualCpus {
    /** Xen's numbers are lower: those of the CPUs that the kernel does not run are the last. */
    public static final int CAPACITY = Processors.CAPACITY;

    /** How a kind of domain knows. */
    public interface Source {
        /** Called on every CPU but the first, 0: finds its number out; false: it has none. */
        @Uninterruptible(reason = Hypercall.REASON)
        default boolean learn(Processor self) {
            return true;
        }

        @Uninterruptible(reason = Hypercall.REASON)
        int number(Processor processor);
    }

    private static Source source;

    private VirtualCpus() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setSource(Source chosen) {
        source = chosen;
    }

    /** This CPU finds its number out; false: it has none that is of any use. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static boolean learn() {
        return source.learn(Processors.current());
    }

    /** Xen's number of a CPU. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int number(Processor processor) {
        return source.number(processor);
    }

    /** Xen's number of the CPU that this runs on; interrupts are off. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int current() {
        return Processors.online() == 0 ? 0 : source.number(Processors.current());
    }
}
