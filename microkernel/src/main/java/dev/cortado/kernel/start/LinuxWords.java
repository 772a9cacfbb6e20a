package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.KernelWords;

/**
 * Words on the command line that are meant for Linux. Firecracker adds some by itself, at the end
 * or, as Linux wants it, in front of {@link KernelWords#END}; people copy others from what they
 * start Linux with. The program is to get none of them.
 *
 * @see <a
 *     href="https://github.com/firecracker-microvm/firecracker/blob/main/src/vmm/src/builder.rs">
 *     Firecracker's builder: no-kvmclock, pci=off, root= with ro or rw, virtio_mmio.device=</a>
 */
final class LinuxWords {
    /** There is none, or words of the program's in front of it. */
    static final int NO_END = -1;

    private static final byte[] PREFIX = KernelStart.ascii(KernelWords.PREFIX);
    private static final byte[] END = KernelStart.ascii(KernelWords.END);
    private static final byte[] DEVICE = KernelStart.ascii(KernelWords.DEVICE);
    private static final byte[] ROOT_DEVICE = KernelStart.ascii("root=/dev/vda");
    private static final byte[] ROOT_PARTITION = KernelStart.ascii("root=PARTUUID=");
    private static final byte[] READ_ONLY = KernelStart.ascii("ro");
    private static final byte[] READ_WRITE = KernelStart.ascii("rw");

    /** Those that Firecracker adds, but for the root's. */
    private static final byte[][] ADDED = {
        DEVICE, KernelStart.ascii("pci=off"), KernelStart.ascii("no-kvmclock")
    };

    /** How those begin that are passed over in front of {@link #END}, */
    private static final byte[][] KNOWN = {
        DEVICE,
        PREFIX,
        KernelStart.ascii("8250."),
        KernelStart.ascii("acpi="),
        KernelStart.ascii("console="),
        KernelStart.ascii("earlyprintk="),
        KernelStart.ascii("i8042."),
        KernelStart.ascii("init="),
        KernelStart.ascii("ip="),
        KernelStart.ascii("loglevel="),
        KernelStart.ascii("no-kvmclock"),
        KernelStart.ascii("panic="),
        KernelStart.ascii("pci="),
        KernelStart.ascii("random."),
        KernelStart.ascii("reboot="),
        KernelStart.ascii("root="),
        KernelStart.ascii("rootflags="),
        KernelStart.ascii("rootfstype="),
        KernelStart.ascii("swiotlb="),
        KernelStart.ascii("tsc="),
    };

    /** and others that are passed over beside one of those. */
    private static final byte[][] PLAIN = {
        READ_ONLY,
        READ_WRITE,
        KernelStart.ascii("noacpi"),
        KernelStart.ascii("noapic"),
        KernelStart.ascii("nomodule"),
        KernelStart.ascii("nomodules"),
        KernelStart.ascii("quiet"),
        KernelStart.ascii("rootwait"),
    };

    private final CommandWords words;

    LinuxWords(CommandWords words) {
        this.words = words;
    }

    /**
     * How many words there are in front of the first {@link KernelWords#END}, if all are Cortado's
     * or Linux's, and there is one; {@link #NO_END} otherwise: then they are the program's.
     */
    @Uninterruptible(reason = BootInformation.REASON)
    int beforeEnd(long first, int count) {
        boolean isSure = false;
        long word = first;
        for (int i = 0; i < count; i++) {
            if (words.is(word, END)) {
                return isSure ? i : NO_END;
            }
            boolean isKnown = words.startsWithOne(word, KNOWN);
            if (!isKnown && !isOne(word, PLAIN)) {
                return NO_END;
            }
            isSure |= isKnown;
            word = words.next(word);
        }
        return NO_END;
    }

    /** How many words are left without those at the end that a monitor has added. */
    @Uninterruptible(reason = BootInformation.REASON)
    int withoutAdded(long first, int count) {
        int left = count;
        boolean isSure = false;
        boolean wasRoot = false;
        long word = first;
        for (int i = 0; i < count; i++) {
            boolean isAdded = words.startsWithOne(word, ADDED);
            boolean isAccess = wasRoot && isAccess(word);
            boolean isRoot = words.is(word, ROOT_DEVICE) || words.startsWith(word, ROOT_PARTITION);
            if (!isAdded && !isAccess && !isRoot) {
                left = count;
                isSure = false;
            } else {
                left = left == count ? i : left;
                isSure |= isAdded || isAccess;
            }
            wasRoot = isRoot;
            word = words.next(word);
        }
        return isSure ? left : count;
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private boolean isAccess(long word) {
        return words.is(word, READ_ONLY) || words.is(word, READ_WRITE);
    }

    @Uninterruptible(reason = BootInformation.REASON)
    private boolean isOne(long word, byte[][] all) {
        for (byte[] one : all) {
            if (words.is(word, one)) {
                return true;
            }
        }
        return false;
    }
}
