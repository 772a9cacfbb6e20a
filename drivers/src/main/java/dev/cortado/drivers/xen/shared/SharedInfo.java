package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * The page through which Xen tells the domain of events and of the time: {@code struct shared_info}
 * (public/xen.h) as a 64-bit domain sees it. Offsets in bytes.
 */
public final class SharedInfo {
    /** {@code struct vcpu_info}, one for each of the first virtual CPUs. */
    public static final int VCPU_INFO_BYTES = 64;

    /** XEN_LEGACY_MAX_VCPUS: so many have it here, the others where they tell Xen. */
    public static final int VCPUS = 32;

    /** In vcpu_info, u8: 1 once there are events for this virtual CPU. */
    public static final int UPCALL_PENDING = 0;

    /** In vcpu_info, u8: 1 while a PV domain wants no upcall. */
    public static final int UPCALL_MASK = 1;

    /** In vcpu_info, 64 bits: in which words of {@link #EVENTS_PENDING} there are some. */
    public static final int PENDING_SELECTOR = 8;

    /** In vcpu_info: {@code struct vcpu_time_info}. */
    public static final int TIME = 32;

    /** A bit for each event channel: something has happened. */
    public static final int EVENTS_PENDING = VCPUS * VCPU_INFO_BYTES;

    /** A bit for each event channel: it is not to be told. */
    public static final int EVENTS_MASK = EVENTS_PENDING + 512;

    /** The time of day when the domain's system time was 0: version, seconds, nanoseconds. */
    public static final int WALL_CLOCK = EVENTS_MASK + 512;

    /** How a kind of domain gets at the page. */
    public interface Source {
        /**
         * Has the page mapped, at the start and again after a resume.
         *
         * @return its virtual address, 0 if that failed
         */
        @Uninterruptible(reason = Hypercall.REASON)
        long map();

        /**
         * Called on every CPU but the first, and again after a resume: Xen knows where its
         * vcpu_info is; false if it cannot.
         */
        @Uninterruptible(reason = Hypercall.REASON)
        boolean startProcessor(int number);

        /**
         * Virtual address of the vcpu_info of a virtual CPU.
         *
         * @param page what {@link #map} has returned
         */
        @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
        long virtualCpu(long page, int number);
    }

    private static Source source;
    private static long address;

    private SharedInfo() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setSource(Source chosen) {
        source = chosen;
    }

    /** Maps it; false if Xen does not let us. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static boolean map() {
        address = source.map();
        return address != 0;
    }

    /** Called on every CPU but the first: it has its vcpu_info; false if it cannot. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static boolean startProcessor() {
        return source.startProcessor(VirtualCpus.current());
    }

    /** Its virtual address, 0 before it has been mapped. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long address() {
        return address;
    }

    /** Virtual address of the vcpu_info of a virtual CPU. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long virtualCpu(int number) {
        return source.virtualCpu(address, number);
    }
}
