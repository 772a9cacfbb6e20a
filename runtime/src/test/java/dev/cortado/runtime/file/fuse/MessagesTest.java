package dev.cortado.runtime.file.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.ServerTransport;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes of requests (include/uapi/linux/fuse.h, 7.31), behind the unique number. */
final class MessagesTest {
    private static final int SLOT_BYTES = 1 << 14;
    private static final HexFormat HEX = HexFormat.of();

    private final List<String> sent = new ArrayList<>();
    private FolderFileSystem files;

    @BeforeEach
    void mount() throws FileException {
        TmpServer server = new TmpServer(new TmpFileSystem(1 << 20, 100, () -> 1));
        files =
                FolderFileSystem.mount(
                        new Fuse(),
                        () ->
                                new ServerTransport(
                                        request -> {
                                            sent.add(shown(request));
                                            return server.answer(request);
                                        },
                                        SLOT_BYTES),
                        Patience.USUAL,
                        false,
                        problem -> {});
    }

    /** Length and operation, node, and what is behind user, group and process, which are 0. */
    private static String shown(byte[] request) {
        assertEquals("0".repeat(32), HEX.formatHex(request, 24, 40));
        String node = HEX.formatHex(request, 16, 18);
        return HEX.formatHex(request, 0, 6)
                + " "
                + node
                + " "
                + HEX.formatHex(request, 40, request.length);
    }

    private String last() {
        return sent.getLast();
    }

    @Test
    void theFirstOnesAgreeOnAVersion() {
        assertEquals("380000001a00 0000 0700000021000000" + "00000000" + "31004408", sent.get(0));
        assertEquals("380000000300 0100 " + "00".repeat(16), sent.get(1));
        assertEquals(2, sent.size());
    }

    @Test
    void filesAreMadeAndChanged() throws Exception {
        Inode root = files.root();
        Inode file = files.create(root, FileName.of("ab"), 0640);
        assertEquals("3b0000000800 0100 a0810000" + "00".repeat(12) + "616200", last());
        files.setAttributes(file, AttributeChange.ofTimes(1_500_000_000L, AttributeChange.NOW));
        assertEquals(
                "800000000400 0200 "
                        + "30010000"
                        + "00".repeat(28)
                        + "0100000000000000"
                        + "00".repeat(16)
                        + "0065cd1d",
                last().substring(0, 18 + 2 * 60));
        files.rename(root, FileName.of("ab"), root, FileName.of("c"));
        assertEquals("350000000c00 0100 0100000000000000" + "616200" + "6300", sent.get(4));
        files.write(file, 5, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        String write =
                sent.stream().filter(each -> each.startsWith("530000001000")).findAny().get();
        assertEquals(
                "0200 "
                        + "0200000000000000"
                        + "0500000000000000"
                        + "03000000"
                        + "00".repeat(12)
                        + "0100000000000000"
                        + "010203",
                write.substring(13));
        files.unmount();
        assertEquals("300000000200 0200 0100000000000000", last());
    }

    /** There are servers that look at each write's flags, and not at those of the open file. */
    @Test
    void eachWriteSaysThatItAppends() throws Exception {
        Inode file = files.create(files.root(), FileName.of("a"), 0600);
        files.append(file, ByteBuffer.wrap(new byte[] {1}));
        String write =
                sent.stream().filter(each -> each.startsWith("510000001000")).findAny().get();
        assertEquals("01040000" + "00000000" + "01", write.substring(write.length() - 18));
    }
}
