package dev.cortado.image.format.vmx;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.Siblings;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.hardware.VirtualHardware.DiskController;
import dev.cortado.image.format.hardware.VirtualHardware.NetworkCard;
import dev.cortado.image.image.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text that says what a machine is made of: keys and values, a line each. */
public final class VmxFile {
    private static final int MOST_BYTES = 1 << 16;
    private static final Pattern BEGIN = Pattern.compile("\\s*(\\.encoding|config\\.version)\\s*=");

    private static final Pattern DISK =
            Pattern.compile(
                    "(?im)^[ \t]*[a-z]+\\d+:\\d+\\.fileName[ \t]*=[ "
                            + "\t]*\"([^\"\\p{Cntrl}]+\\.vmdk)\"");

    private static final Pattern QUOTED = Pattern.compile("[\"|\\p{Cntrl}]");
    private static final Pattern ESCAPE = Pattern.compile("\\|(\\p{XDigit}{2})");

    private VmxFile() {}

    /**
     * Writes the text; the disk is another format's.
     *
     * @param diskName the disk's file, beside the text
     * @throws dev.cortado.image.UserError if it cannot be written
     */
    public static void write(VirtualHardware hardware, String diskName, Path file) {
        byte[] text = render(hardware, diskName).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, ByteBuffer.wrap(text));
    }

    private static String render(VirtualHardware hardware, String diskName) {
        return """
        .encoding = "UTF-8"
        config.version = "8"
        virtualHW.version = "10"
        displayName = "%s"
        guestOS = "other-64"
        firmware = "bios"
        memsize = "%d"
        numvcpus = "1"
        uuid.bios = "%s"
        pciBridge0.present = "TRUE"
        pciBridge4.present = "TRUE"
        pciBridge4.virtualDev = "pcieRootPort"
        pciBridge4.functions = "8"
        %sethernet0.present = "TRUE"
        ethernet0.virtualDev = "%s"
        ethernet0.connectionType = "nat"
        ethernet0.addressType = "generated"
        serial0.present = "TRUE"
        serial0.fileType = "file"
        serial0.fileName = "%s.console.log"
        floppy0.present = "FALSE"
        """
                .formatted(
                        hardware.name(),
                        hardware.memory(),
                        uuid(hardware),
                        disk(hardware.disk(), diskName),
                        hardware.card() == NetworkCard.VMXNET3 ? "vmxnet3" : "e1000",
                        hardware.name());
    }

    private static String disk(DiskController controller, String diskName) {
        String bus =
                switch (controller) {
                    case PVSCSI -> "scsi0";
                    case IDE -> "ide0";
                    case AHCI, VIRTIO, XEN -> "sata0";
                };
        String kind = controller == DiskController.PVSCSI ? "scsi0.virtualDev = \"pvscsi\"\n" : "";
        return """
        %1$s.present = "TRUE"
        %2$s%1$s:0.present = "TRUE"
        %1$s:0.fileName = "%3$s"
        """
                .formatted(bus, kind, quoted(diskName));
    }

    /** Bytes in hexadecimal, in two halves. */
    private static String uuid(VirtualHardware hardware) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(hardware.id().getMostSignificantBits());
        bytes.putLong(hardware.id().getLeastSignificantBits());
        HexFormat format = HexFormat.ofDelimiter(" ");
        return format.formatHex(bytes.array(), 0, Long.BYTES)
                + "-"
                + format.formatHex(bytes.array(), Long.BYTES, bytes.limit());
    }

    /** Whether a file begins as such a text. */
    public static boolean is(ByteSource file) {
        return file.size() <= MOST_BYTES && BEGIN.matcher(text(file)).lookingAt();
    }

    /**
     * Opens its first disk.
     *
     * @throws dev.cortado.image.UserError if it has none, or that is not there
     */
    public static ByteSource open(ByteSource file, Siblings siblings) {
        Matcher disk = DISK.matcher(text(file));
        if (!disk.find()) {
            throw file.unsupported("it has no disk");
        }
        return siblings.open(file, unquoted(disk.group(1)));
    }

    /** What would end a value or a line, and the bar itself, as a bar and two digits. */
    private static String quoted(String value) {
        return QUOTED.matcher(value)
                .replaceAll(found -> "|%02X".formatted((int) found.group().charAt(0)));
    }

    private static String unquoted(String value) {
        return ESCAPE.matcher(value)
                .replaceAll(found -> {
                    char letter = (char) HexFormat.fromHexDigits(found.group(1));
                    return Matcher.quoteReplacement(String.valueOf(letter));
                });
    }

    private static String text(ByteSource file) {
        byte[] bytes = file.bytes(0, (int) file.size(), "the text").array();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
