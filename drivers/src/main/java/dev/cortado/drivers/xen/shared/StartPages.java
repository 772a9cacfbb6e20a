package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** The pages and ports of console and xenstore, which the tool stack made with the domain. */
public final class StartPages {
    /** How a kind of domain learns of them. */
    public interface Source {
        /** Reads them all, at the start and after a resume; an address or port of 0 is none. */
        @Uninterruptible(reason = Hypercall.REASON)
        void read();

        @Uninterruptible(reason = Hypercall.REASON)
        long consolePage();

        @Uninterruptible(reason = Hypercall.REASON)
        int consolePort();

        @Uninterruptible(reason = Hypercall.REASON)
        long storePage();

        @Uninterruptible(reason = Hypercall.REASON)
        int storePort();
    }

    private static Source source;

    private StartPages() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setSource(Source chosen) {
        source = chosen;
    }

    /** Finds out again: they may be others after a resume. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void read() {
        source.read();
    }

    /** Virtual address of the console's ring, 0 if there is none. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long consolePage() {
        return source.consolePage();
    }

    @Uninterruptible(reason = Hypercall.REASON)
    public static int consolePort() {
        return source.consolePort();
    }

    /** Virtual address of xenstore's ring, 0 if there is none. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long storePage() {
        return source.storePage();
    }

    @Uninterruptible(reason = Hypercall.REASON)
    public static int storePort() {
        return source.storePort();
    }
}
