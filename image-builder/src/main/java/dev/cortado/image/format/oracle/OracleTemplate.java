package dev.cortado.image.format.oracle;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SourceStream;
import dev.cortado.image.format.bytes.TemporarySource;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.tar.TarArchive;
import dev.cortado.image.format.tar.TarWriter;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A directory in a compressed archive, with a configuration in xm's Python ("vm.cfg") and the disk
 * that it names.
 */
public final class OracleTemplate {
    private static final String CONFIGURATION = "vm.cfg";
    private static final String DISK = "System.img";
    private static final int OWNER = 0;
    private static final int GZIP = 0x1F8B;
    private static final int MOST_CONFIGURATION_BYTES = 1 << 16;

    private static final Pattern DISK_LINE =
            Pattern.compile("(?m)^disk\\s*=\\s*\\[\\s*['\"]file:([^,'\"\\p{Cntrl}]+),");

    private OracleTemplate() {}

    /**
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void write(ByteSource disk, VirtualHardware hardware, Path file) {
        byte[] configuration = configuration(hardware).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(
                file,
                channel -> {
                    var compressed = new GZIPOutputStream(Channels.newOutputStream(channel));
                    TarWriter archive = new TarWriter(compressed);
                    archive.directory(hardware.name(), OWNER);
                    archive.file(hardware.name() + "/" + CONFIGURATION, OWNER, configuration);
                    archive.file(hardware.name() + "/" + DISK, OWNER, disk);
                    archive.finish();
                    compressed.finish();
                });
    }

    private static String configuration(VirtualHardware hardware) {
        return """
        name = '%s'
        uuid = '%s'
        builder = 'hvm'
        kernel = '/usr/lib/xen/boot/hvmloader'
        device_model = '/usr/lib/xen/bin/qemu-dm'
        memory = %d
        vcpus = 1
        pae = 1
        acpi = 1
        apic = 1
        boot = 'c'
        disk = ['file:%s,hda,w']
        vif = ['bridge=xenbr0,type=netfront']
        serial = 'pty'
        sdl = 0
        vnc = 0
        on_poweroff = 'destroy'
        on_reboot = 'restart'
        on_crash = 'destroy'
        """
                .formatted(hardware.name(), hardware.id(), hardware.memory(), DISK);
    }

    /** Whether a file begins as something compressed by gzip. */
    public static boolean is(ByteSource file) {
        return file.size() > 2 && (file.bytes(0, 2, "the magic").getShort() & 0xffff) == GZIP;
    }

    /**
     * Unpacks it, and opens the disk that its configuration names.
     *
     * @throws dev.cortado.image.UserError if it is damaged, or no template
     */
    public static ByteSource open(ByteSource file) {
        ByteSource unpacked = TemporarySource.of(file.name(), stream(file));
        try {
            return disk(unpacked);
        } catch (RuntimeException e) {
            unpacked.close();
            throw e;
        } finally {
            file.close();
        }
    }

    private static InputStream stream(ByteSource file) {
        try {
            return new GZIPInputStream(new SourceStream(file));
        } catch (IOException e) {
            throw file.damaged("it is not compressed as it should be (%s)", e.getMessage());
        }
    }

    private static ByteSource disk(ByteSource unpacked) {
        if (!TarArchive.is(unpacked)) {
            throw unpacked.unsupported("what is compressed in it is no archive");
        }
        TarArchive archive = TarArchive.open(unpacked);
        String name =
                archive.names().stream()
                        .filter(each -> each.endsWith("/" + CONFIGURATION))
                        .findFirst()
                        .orElseThrow(() -> unpacked.unsupported("it has no %s", CONFIGURATION));
        ByteSource configuration = archive.file(name);
        int length = (int) Math.min(configuration.size(), MOST_CONFIGURATION_BYTES);
        byte[] text = configuration.bytes(0, length, CONFIGURATION).array();
        Matcher disk = DISK_LINE.matcher(new String(text, StandardCharsets.UTF_8));
        if (!disk.find()) {
            throw unpacked.unsupported("its %s has no disk", CONFIGURATION);
        }
        String directory = name.substring(0, name.length() - CONFIGURATION.length());
        return archive.file(directory + disk.group(1));
    }
}
