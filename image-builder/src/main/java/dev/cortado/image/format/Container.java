package dev.cortado.image.format;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.Siblings;
import dev.cortado.image.format.firecracker.FirecrackerConfiguration;
import dev.cortado.image.format.iso.IsoImage;
import dev.cortado.image.format.libvirt.DomainXml;
import dev.cortado.image.format.oci.OciLayout;
import dev.cortado.image.format.oracle.OracleTemplate;
import dev.cortado.image.format.ovf.OvaArchive;
import dev.cortado.image.format.qcow2.Qcow2Disk;
import dev.cortado.image.format.vhd.VhdDisk;
import dev.cortado.image.format.vhdx.VhdxDisk;
import dev.cortado.image.format.vmdk.VmdkDisk;
import dev.cortado.image.format.vmx.VmxFile;
import dev.cortado.image.format.xva.XvaDisk;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A kind of file that has an image in it, or leads to one.
 *
 * @param is whether a file is of that kind, by some of its bytes
 * @param word its format's, for a file of that kind
 * @param reader gives what is in it: an image, or another container
 */
record Container(Predicate<ByteSource> is, Function<ByteSource, String> word, Reader reader) {
    /** Of a container image, in which a disk or a kernel may be. */
    static final String OCI = "oci";

    /** One whose own bytes are looked at first: a disk in it begins as a disk does. */
    private static final List<Container> ALL =
            List.of(
                    of(OutputFormat.QCOW2, Qcow2Disk::is, Qcow2Disk::open),
                    new Container(VmdkDisk::is, Container::vmdk, alone(VmdkDisk::open)),
                    of(OutputFormat.VHDX, VhdxDisk::is, VhdxDisk::open),
                    new Container(VhdDisk::is, Container::vhd, alone(VhdDisk::open)),
                    of(OutputFormat.ISO, IsoImage::is, IsoImage::open),
                    new Container(OvaArchive::is, Container::ova, alone(OvaArchive::open)),
                    of(OutputFormat.XVA, XvaDisk::is, XvaDisk::open),
                    new Container(OciLayout::is, file -> OCI, alone(OciLayout::open)),
                    of(OutputFormat.ORACLE_VM, OracleTemplate::is, OracleTemplate::open),
                    leading(OutputFormat.VMX, VmxFile::is, VmxFile::open),
                    leading(OutputFormat.LIBVIRT, DomainXml::is, DomainXml::open),
                    leading(
                            OutputFormat.FIRECRACKER,
                            FirecrackerConfiguration::is,
                            FirecrackerConfiguration::open));

    /** Opens what is in a file. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param siblings where the files are that it names
         * @throws dev.cortado.image.UserError if it is damaged, or uses what is not read here
         */
        ByteSource open(ByteSource file, Siblings siblings);
    }

    /** What a file is; empty if that is no container. */
    static Optional<Container> of(ByteSource file) {
        return ALL.stream().filter(container -> container.is.test(file)).findFirst();
    }

    private static Container of(
            OutputFormat format, Predicate<ByteSource> is, Function<ByteSource, ByteSource> open) {
        return new Container(is, file -> format.word(), alone(open));
    }

    private static Reader alone(Function<ByteSource, ByteSource> open) {
        return (file, siblings) -> open.apply(file);
    }

    /** One that is of no use once it has led to another file. */
    private static Container leading(OutputFormat format, Predicate<ByteSource> is, Reader open) {
        return new Container(
                is,
                file -> format.word(),
                (file, siblings) -> {
                    try (file) {
                        return open.open(file, siblings);
                    }
                });
    }

    private static String ova(ByteSource file) {
        return (OvaArchive.isVersion2(file) ? OutputFormat.OVA_2 : OutputFormat.OVA).word();
    }

    private static String vmdk(ByteSource file) {
        boolean isStream = VmdkDisk.isStreamOptimized(file);
        return (isStream ? OutputFormat.VMDK_STREAM : OutputFormat.VMDK).word();
    }

    private static String vhd(ByteSource file) {
        return (VhdDisk.isFixed(file) ? OutputFormat.VHD_FIXED : OutputFormat.VHD).word();
    }
}
