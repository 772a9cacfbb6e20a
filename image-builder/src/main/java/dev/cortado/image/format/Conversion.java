package dev.cortado.image.format;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.format.firecracker.FirecrackerConfiguration;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.iso.IsoWriter;
import dev.cortado.image.format.libvirt.DomainXml;
import dev.cortado.image.format.oci.OciWriter;
import dev.cortado.image.format.oci.VirtualMachineManifest;
import dev.cortado.image.format.oracle.OracleTemplate;
import dev.cortado.image.format.ovf.OvaWriter;
import dev.cortado.image.format.ovf.OvfVersion;
import dev.cortado.image.format.qcow2.Qcow2Writer;
import dev.cortado.image.format.vhd.VhdWriter;
import dev.cortado.image.format.vhdx.VhdxWriter;
import dev.cortado.image.format.vmdk.MonolithicSparseWriter;
import dev.cortado.image.format.vmdk.StreamOptimizedWriter;
import dev.cortado.image.format.vmx.VmxFile;
import dev.cortado.image.format.xva.XvaWriter;
import dev.cortado.image.image.AtomicFile;
import dev.cortado.image.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes of an image a file that some hypervisor's programs import. The same gives the same. */
public final class Conversion {
    private static final int BLOCK_BYTES = 1 << 16;

    private final ByteSource bytes;
    private final ImageFile image;
    private final VirtualHardware hardware;
    private final Path output;

    private Conversion(OpenedImage opened, ImageFile image, OutputFormat format, Path output) {
        this.bytes = opened.bytes();
        this.image = image;
        this.hardware = VirtualHardware.of(image, format.nameIn(output), format.isForQemu());
        this.output = output;
    }

    /**
     * @param image an image, or a file of any format that one is in
     * @param output replaced if it is there
     * @throws UserError if the image cannot be read or does not fit, or the file not be written
     */
    public static void convert(Path image, OutputFormat format, Path output) {
        if (outputs(format, output).stream().anyMatch(each -> isSame(image, each))) {
            throw new UserError("%s would be written over itself: name another".formatted(image));
        }
        try (OpenedImage opened = OpenedImage.open(image)) {
            ImageFile read = opened.read();
            format.require(read);
            if (format.namesTheImage() && !opened.containers().isEmpty()) {
                throw new UserError(
                        ("%s names an image as it is, and %s is in a file of format %s:"
                                        + " convert that to raw first")
                                .formatted(format, image, opened.containers().getFirst()));
            }
            new Conversion(opened, read, format, output).write(format);
        }
    }

    /** The files that {@link #convert} writes: the output, and what it needs beside it. */
    public static List<Path> outputs(OutputFormat format, Path output) {
        return switch (format) {
            case VMX -> List.of(output, OutputFormat.VMDK.beside(stem(output, ".vmx")));
            case CONTAINER_DISK, KERNEL_BOOT -> List.of(output, manifest(output));
            default -> List.of(output);
        };
    }

    private static boolean isSame(Path image, Path output) {
        try {
            return Files.exists(output) && Files.isSameFile(image, output);
        } catch (IOException e) {
            // Whatever cannot be looked at is not there to be read, which is said later.
            return false;
        }
    }

    private void write(OutputFormat format) {
        switch (format) {
            case RAW -> write(bytes);
            case KERNEL -> write(DiskKernel.of(bytes));
            case QCOW2 -> Qcow2Writer.write(bytes, output);
            case VMDK -> MonolithicSparseWriter.write(bytes, output);
            case VMDK_STREAM -> StreamOptimizedWriter.write(bytes, output);
            case VHD -> VhdWriter.writeDynamic(bytes, output);
            case VHD_FIXED -> VhdWriter.writeFixed(bytes, output);
            case VHDX -> VhdxWriter.write(bytes, output);
            case ISO -> IsoWriter.write(bytes, hardware.name(), output);
            case OVA -> OvaWriter.write(bytes, OvfVersion.VERSION_1, hardware, output);
            case OVA_2 -> OvaWriter.write(bytes, OvfVersion.VERSION_2, hardware, output);
            case VMX -> writeVmx();
            case XVA -> XvaWriter.write(bytes, hardware, output);
            case ORACLE_VM -> OracleTemplate.write(bytes, hardware, output);
            case LIBVIRT -> DomainXml.write(image, hardware, output);
            case FIRECRACKER -> FirecrackerConfiguration.write(hardware, image.file(), output);
            case CONTAINER_DISK -> writeContainerDisk();
            case KERNEL_BOOT -> writeKernelBoot();
        }
    }

    private void writeVmx() {
        Path disk = outputs(OutputFormat.VMX, output).getLast();
        MonolithicSparseWriter.write(bytes, disk);
        VmxFile.write(hardware, disk.getFileName().toString(), output);
    }

    private void writeContainerDisk() {
        OciWriter.write("disk/" + hardware.name() + ".img", bytes, output);
        VirtualMachineManifest.writeDisk(hardware, output, manifest(output));
    }

    private void writeKernelBoot() {
        String kernel = "boot/" + hardware.name() + ".elf";
        OciWriter.write(kernel, bytes, output);
        VirtualMachineManifest.writeKernel(hardware, "/" + kernel, output, manifest(output));
    }

    private static Path manifest(Path archive) {
        return archive.resolveSibling(stem(archive, ".tar").getFileName() + ".yaml");
    }

    private static Path stem(Path file, String suffix) {
        String name = file.getFileName().toString();
        boolean hasSuffix = name.endsWith(suffix) && name.length() > suffix.length();
        int end = name.length() - (hasSuffix ? suffix.length() : 0);
        return file.resolveSibling(name.substring(0, end));
    }

    private void write(ByteSource contents) {
        AtomicFile.write(output, channel -> new SparseFile(channel).copy(0, contents, BLOCK_BYTES));
    }
}
