package dev.cortado.boot.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The kind of machine that an image is built for. It decides which boot code, which parts of the
 * kernel and which drivers are in the image; code for another target is not.
 */
public enum Target {
    /** QEMU, KVM and Firecracker: started through PVH or by GRUB, with a PC's devices. */
    QEMU("qemu", "pvh", "multiboot2"),

    /** A domU of Xen's type pvh: started through PVH, with Xen's devices. */
    XEN_PVH("xen-pvh", "pvh"),

    /** A domU of Xen's type pv: 64 bits, ring 3, no emulated hardware at all. */
    XEN_PV("xen-pv", "xen-pv"),

    /** A domU of Xen's type hvm: a disk that its firmware boots, with Xen's devices. */
    XEN_HVM("xen-hvm", "bios", "uefi"),

    /** The same as QEMU, for loaders of Linux and for UEFI. */
    BZIMAGE("bzimage", "linux", "uefi"),

    /** A PC of any kind: a disk that its firmware boots, with drivers for what PCs mostly have. */
    BARE("bare", "bios", "uefi"),

    /** A virtual machine of VMware's: a disk, with drivers for what these have. */
    VMWARE("vmware", "bios", "uefi"),

    /** A virtual machine of Hyper-V's first generation: a disk, with what these emulate. */
    HYPERV("hyperv", "bios", "uefi");

    /** The system property that tells the guest's features, while the compiler runs. */
    public static final String PROPERTY = "cortado.target";

    private final String word;
    private final List<String> bootProtocols;

    Target(String word, String... bootProtocols) {
        this.word = word;
        this.bootProtocols = List.of(bootProtocols);
    }

    /** How people write it. */
    public String word() {
        return word;
    }

    /**
     * How the artifact is started: "pvh", "multiboot2", "linux", "xen-pv", or by "bios" or "uefi",
     * mostly from a disk.
     */
    public List<String> bootProtocols() {
        return bootProtocols;
    }

    /** Whether the artifact is a disk that firmware boots. */
    public boolean isDisk() {
        return bootProtocols.contains("bios");
    }

    /** Where the image is linked to: firmware leaves less room than hypervisors do. */
    public long imageBase() {
        return switch (this) {
            case BZIMAGE, BARE, VMWARE, HYPERV -> AddressSpace.FIRMWARE_IMAGE_BASE;
            case QEMU, XEN_PVH, XEN_PV, XEN_HVM -> AddressSpace.IMAGE_BASE;
        };
    }

    /**
     * The target that boot code, kernel and drivers are built for: some artifacts hold an image for
     * PVH.
     */
    public Target kernel() {
        return switch (this) {
            case XEN_HVM -> XEN_PVH;
            case BZIMAGE -> QEMU;
            default -> this;
        };
    }

    /** The target that people write so. */
    public static Optional<Target> of(String word) {
        return Arrays.stream(values()).filter(target -> target.word.equals(word)).findFirst();
    }

    /**
     * What the image that is being built is for. Only while an image is built.
     *
     * @throws IllegalStateException if {@link #PROPERTY} names no target
     */
    public static Target current() {
        String word = System.getProperty(PROPERTY, QEMU.word);
        return of(word).orElseThrow(() -> new IllegalStateException("no target: " + word));
    }

    /** Whether the guest talks to Xen. */
    public boolean isXen() {
        return this == XEN_PVH || this == XEN_PV || this == XEN_HVM;
    }

    /** Whether the guest talks to VMware where that is what it runs on. */
    public boolean isForVmware() {
        return this == VMWARE;
    }

    @Override
    public String toString() {
        return word;
    }
}
