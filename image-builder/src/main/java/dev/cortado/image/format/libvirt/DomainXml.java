package dev.cortado.image.format.libvirt;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.Siblings;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.xml.XmlDescriptor;
import dev.cortado.image.image.AtomicFile;
import dev.cortado.image.image.ImageFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A domain that starts an image where it lies: {@code virsh create app.xml --console}. */
public final class DomainXml {
    private static final int LOOKED_AT_BYTES = 4096;
    private static final Pattern BEGIN = Pattern.compile("<domain[\\s>].*", Pattern.DOTALL);

    private DomainXml() {}

    /**
     * @param image a disk byte by byte or a kernel
     * @throws dev.cortado.image.UserError if it cannot be written
     */
    public static void write(ImageFile image, VirtualHardware hardware, Path output) {
        write(image, DomainMachine.usual(hardware), output);
    }

    /** The same for a machine of one's own. */
    public static void write(ImageFile image, DomainMachine machine, Path output) {
        String text = new DomainText(image, machine).render();
        AtomicFile.write(output, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a file begins as such a text, behind its declaration and comments. */
    public static boolean is(ByteSource file) {
        int length = (int) Math.min(file.size(), LOOKED_AT_BYTES);
        byte[] begin = file.bytes(0, length, "the text").array();
        String text = new String(begin, StandardCharsets.UTF_8).stripLeading();
        text = text.startsWith("<?xml") ? behind("?>", text) : text;
        while (text.startsWith("<!--")) {
            text = behind("-->", text);
        }
        return BEGIN.matcher(text).matches();
    }

    private static String behind(String end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? "" : text.substring(at + end.length()).stripLeading();
    }

    /**
     * Opens its kernel or, if it has none, its first disk.
     *
     * @throws dev.cortado.image.UserError if it has neither, or that is not there
     */
    public static ByteSource open(ByteSource file, Siblings siblings) {
        XmlDescriptor domain = XmlDescriptor.read(file);
        String kernel =
                domain.elements("kernel").stream()
                        .map(element -> element.getTextContent().strip())
                        .findFirst()
                        .orElse("");
        String name = kernel.isEmpty() ? disk(domain) : kernel;
        return siblings.open(file, name);
    }

    private static String disk(XmlDescriptor domain) {
        return domain.elements("disk").stream()
                .flatMap(disk -> XmlDescriptor.children(disk).stream())
                .filter(element -> "source".equals(element.getLocalName()))
                .flatMap(source -> XmlDescriptor.attribute(source, "file").stream())
                .findFirst()
                .orElseThrow(() -> domain.file().unsupported("it has neither kernel nor disk"));
    }
}
