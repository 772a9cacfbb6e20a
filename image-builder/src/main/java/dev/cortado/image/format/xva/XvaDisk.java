package dev.cortado.image.format.xva;

import dev.cortado.image.format.bytes.BlockSource;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.ContentHash;
import dev.cortado.image.format.tar.TarArchive;
import dev.cortado.image.format.xml.XmlDescriptor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** The disk of a machine of XenServer's; a piece whose checksum is there is checked when read. */
public final class XvaDisk extends BlockSource {
    private static final Pattern PIECE = Pattern.compile("Ref:(\\d{1,9})/(\\d{8,9})");

    /** What pieces of nine digits reach. */
    private static final long MOST_BYTES = 999_999_999L * XvaWriter.CHUNK_BYTES;

    private final TarArchive archive;
    private final Map<Long, String> pieces;
    private long checkedBlock = -1;
    private ByteSource checkedPiece;

    private XvaDisk(ByteSource file, TarArchive archive, Map<Long, String> pieces, long size) {
        super(file, size, XvaWriter.CHUNK_BYTES);
        this.archive = archive;
        this.pieces = pieces;
    }

    /** Whether a file begins as such an archive. */
    public static boolean is(ByteSource file) {
        return TarArchive.is(file) && TarArchive.firstName(file).equals(XvaWriter.DESCRIPTION);
    }

    /**
     * Opens its first disk.
     *
     * @throws dev.cortado.image.UserError if it is damaged, or has no disk
     */
    public static XvaDisk open(ByteSource file) {
        TarArchive archive = TarArchive.open(file);
        Map<Long, String> pieces = new HashMap<>();
        String disk = null;
        long last = -1;
        long block = 0;
        for (String name : archive.names()) {
            Matcher matcher = PIECE.matcher(name);
            if (matcher.matches() && (disk == null || disk.equals(matcher.group(1)))) {
                disk = matcher.group(1);
                long number = Long.parseLong(matcher.group(2));
                if (number <= last) {
                    throw file.damaged("%s comes after piece %d", name, last);
                }
                // What is left out is zeros; an empty piece has a number, and no place on the disk.
                block += number - last - 1;
                if (archive.file(name).size() > 0) {
                    pieces.put(block++, name);
                }
                last = number;
            }
        }
        if (disk == null) {
            throw file.unsupported("it has no disk");
        }
        XmlDescriptor objects = XmlDescriptor.read(archive.file(XvaWriter.DESCRIPTION));
        return new XvaDisk(file, archive, pieces, size(file, objects, "Ref:" + disk));
    }

    /** What the description says of an object: the member of its struct that has that name. */
    private static long size(ByteSource file, XmlDescriptor objects, String id) {
        String text =
                objects.elements("struct").stream()
                        .filter(struct -> member(struct, "id").filter(id::equals).isPresent())
                        .flatMap(struct -> snapshot(struct).stream())
                        .flatMap(snapshot -> member(snapshot, "virtual_size").stream())
                        .findFirst()
                        .orElseThrow(() -> file.damaged("it does not say how large %s is", id));
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) > MOST_BYTES) {
            throw file.damaged("the size of %s is no size", id);
        }
        return Long.parseLong(text);
    }

    private static Optional<Element> snapshot(Element struct) {
        return children(struct, "member").stream()
                .filter(member -> text(member, "name").equals("snapshot"))
                .flatMap(member -> children(member, "value").stream())
                .flatMap(value -> children(value, "struct").stream())
                .findFirst();
    }

    private static Optional<String> member(Element struct, String name) {
        return children(struct, "member").stream()
                .filter(member -> text(member, "name").equals(name))
                .map(member -> text(member, "value"))
                .findFirst();
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        return XmlDescriptor.children(parent).stream()
                .filter(element -> name.equals(element.getLocalName()))
                .toList();
    }

    @Override
    protected boolean isHole(long block) {
        return !pieces.containsKey(block);
    }

    @Override
    protected void readBlock(long block, int offset, ByteBuffer into) {
        if (checkedBlock != block) {
            checkedPiece = check(block);
            checkedBlock = block;
        }
        checkedPiece.read(offset, into);
    }

    private ByteSource check(long block) {
        String name = pieces.get(block);
        ByteSource piece = archive.file(name);
        long length = Math.min(blockBytes(), size() - block * blockBytes());
        if (piece.size() < length || piece.size() > blockBytes()) {
            throw damaged("%s has %d bytes, and should have %d", name, piece.size(), length);
        }
        archive.find(name + XvaWriter.CHECKSUM_SUFFIX)
                .ifPresent(checksum -> {
                    byte[] bytes =
                            piece.bytes(0, (int) piece.size(), "a piece of the disk").array();
                    byte[] digest = ContentHash.named("SHA-1").digest(bytes);
                    if (!text(checksum).equals(HexFormat.of().formatHex(digest))) {
                        throw damaged("%s is not as its checksum says", name);
                    }
                });
        return piece;
    }

    private static String text(ByteSource checksum) {
        int length = (int) Math.min(checksum.size(), 64);
        byte[] bytes = checksum.bytes(0, length, "a checksum").array();
        return new String(bytes, StandardCharsets.US_ASCII).strip();
    }
}
