package dev.cortado.runtime.file.fuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.folder.FolderFileSystem;
import dev.cortado.runtime.file.folder.Patience;
import dev.cortado.runtime.file.folder.ServerTransport;
import dev.cortado.runtime.file.folder.Transport;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder in memory by way of a server that does one thing otherwise. */
final class FuseFileSystemTest {
    private static final int SLOT_BYTES = 1 << 14;
    private static final int LOOKUP = 1;
    private static final int GETATTR = 3;
    private static final int MKNOD = 8;
    private static final int READ = 15;
    private static final int RELEASE = 18;
    private static final int INIT = 26;
    private static final int READDIR = 28;
    private static final int DESTROY = 38;

    /** Of fuse_entry_out, behind the reply's header. */
    private static final int GENERATION = 16 + 8;

    private static final int INODE = 16 + 40;
    private static final int MODE = INODE + 60;
    private static final int FLAGS = INODE + 84;

    private final FileSystem memory = new TmpFileSystem(1 << 24, 1 << 12, () -> 1);
    private final TmpServer server = new TmpServer(memory);
    private final List<String> problems = new ArrayList<>();
    private final List<Integer> asked = new ArrayList<>();
    private BinaryOperator<byte[]> change = (request, reply) -> reply;
    private FolderFileSystem files;
    private boolean isWithoutMemory;
    private final Set<Long> patience = new HashSet<>();
    private int slots = 4;

    @BeforeEach
    void mount() throws FileException {
        files =
                FolderFileSystem.mount(
                        new Fuse(), this::connect, Patience.USUAL, false, problems::add);
    }

    private Transport connect() {
        return new ServerTransport(
                request -> {
                    asked.add((int) request[4]);
                    byte[] reply = server.answer(request);
                    return change.apply(request, reply);
                },
                SLOT_BYTES) {
            @Override
            public int slots() {
                return slots;
            }

            @Override
            public int await(int slot, long nanoseconds)
                    throws FileException, InterruptedException {
                patience.add(nanoseconds);
                return super.await(slot, nanoseconds);
            }

            @Override
            public ByteBuffer memory(int slot) throws FileException {
                if (isWithoutMemory) {
                    throw new FileException(Errno.ENOMEM);
                }
                return super.memory(slot);
            }
        };
    }

    /** A server that says something else to one kind of request. */
    private void change(int opcode, BinaryOperator<ByteBuffer> to) {
        change =
                (request, reply) -> {
                    if (request[4] != opcode || reply.length == 16) {
                        return reply;
                    }
                    ByteBuffer changed =
                            to.apply(
                                    ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN),
                                    ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN));
                    return changed == null ? null : changed.array();
                };
    }

    private static FileName name(String text) throws FileException {
        return FileName.of(text);
    }

    private Inode make(String name) throws FileException {
        return memory.create(memory.root(), name(name), 0600);
    }

    private Inode find(String name) throws FileException {
        return files.lookup(files.root(), name(name));
    }

    /** However a call ends, the server is told of each node that it has named. */
    @Test
    void whatIsNamedIsForgottenAsOftenAlsoIfTheRestIsWrong() throws Exception {
        make("f");
        Inode file = find("f");
        assertEquals(2, server.given());
        for (int at : new int[] {MODE, INODE, GENERATION}) {
            change(LOOKUP, (request, reply) -> reply.putInt(at, reply.getInt(at) ^ 0x7000));
            Fails.with(Errno.EIO, () -> find("f"));
            assertEquals(2, server.given(), "byte " + at);
        }
        change(MKNOD, (request, reply) -> reply.putInt(MODE, 0040700));
        Fails.with(Errno.EIO, () -> files.create(files.root(), name("g"), 0600));
        assertEquals(2, server.given());
        assertTrue(problems.getLast().endsWith(" has made something else"), problems.getLast());
        change = (request, reply) -> reply;
        files.link(file, files.root(), name("h"));
        files.retain(file);
        assertEquals(3, server.given(), "its node and the open file");
        files.release(file);
        files.unmount();
        assertEquals(1, server.given());
        assertEquals(1, files.handles());
    }

    /** What could not be said for want of memory is said later. */
    @Test
    void whatIsOwedIsPaidLater() throws Exception {
        make("f");
        make("g");
        Inode file = find("f");
        files.retain(file);
        isWithoutMemory = true;
        files.release(file);
        files.unmount();
        Fails.with(Errno.ENOMEM, () -> find("g"));
        assertEquals(3, server.given());
        assertEquals(1, files.handles());
        isWithoutMemory = false;
        find("g");
        files.unmount();
        assertEquals(1, server.given());
    }

    /** Its number may be another open file's by then. */
    @Test
    void whatTheServerDidNotCloseIsNotClosedAgain() throws Exception {
        make("f");
        Inode file = find("f");
        files.retain(file);
        change =
                (request, reply) -> {
                    if (request[4] == RELEASE) {
                        ByteBuffer.wrap(reply)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(4, -Errno.ENOMEM.number());
                    }
                    return reply;
                };
        files.release(file);
        files.unmount();
        assertEquals(1, Collections.frequency(asked, RELEASE));
        assertEquals(1, server.given());
    }

    /** Who looks at a reply has a slot, and there may be no other one. */
    @Test
    void whatIsOwedDoesNotWaitForTheSlotThatOneHas() throws Exception {
        slots = 2;
        mount();
        make("f");
        make("g");
        Inode file = find("f");
        files.retain(file);
        isWithoutMemory = true;
        files.release(file);
        isWithoutMemory = false;
        change(LOOKUP, (request, reply) -> reply.putInt(MODE, 0));
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> Fails.with(Errno.EIO, () -> find("g")));
        change = (request, reply) -> reply;
        find("g");
        files.unmount();
        assertEquals(1, server.given());
    }

    /** There are servers that hear it only when they have done what they are at. */
    @Test
    void whatHasNoReplyMayTakeAsLongAsWhatHas() throws Exception {
        make("f");
        find("f");
        files.unmount();
        assertEquals(1, server.given());
        assertEquals(Set.of(Patience.USUAL.forReply()), patience);
    }

    @Test
    void aNodeThatBecomesAnotherFileIsNotBelieved() throws Exception {
        make("f");
        make("g");
        find("f");
        long node = 2;
        change(LOOKUP, (request, reply) -> reply.putLong(16, node));
        Fails.with(Errno.EIO, () -> find("g"));
        assertTrue(problems.getLast().endsWith(" has another file as 2"), problems.getLast());
    }

    /** Two file systems in one folder have numbers twice. */
    @Test
    void filesOfOneNumberAreNotTakenForEachOther() throws Exception {
        make("f");
        Inode mounted = memory.makeDirectory(memory.root(), name("m"), 0700);
        memory.create(mounted, name("f"), 0600);
        long number = find("f").number();
        BinaryOperator<ByteBuffer> alike = (request, reply) -> reply.putLong(INODE, number);
        change(LOOKUP, (request, reply) -> inMounted(request) ? alike.apply(null, reply) : reply);
        Inode directory = find("m");
        Fails.with(Errno.EIO, () -> files.lookup(directory, name("f")));
        assertTrue(problems.getLast().contains("announce_submounts"), problems.getLast());
        files.unmount();
        change(
                LOOKUP,
                (request, reply) ->
                        inMounted(request) ? alike.apply(null, reply) : reply.putInt(FLAGS, 1));
        find("f");
        Inode root = find("m");
        Inode inside = files.lookup(root, name("f"));
        assertNotEquals(number, inside.number());
        assertNotEquals(mounted.number(), root.number());
        assertEquals(files.root(), files.parent(root));
    }

    private boolean inMounted(ByteBuffer request) {
        return request.getLong(16) != 1 && request.get(40) == 'f';
    }

    @Test
    void aServerThatDoesNotAnswerIsBegunAgain() throws Exception {
        Inode file = make("f");
        memory.write(file, 0, ByteBuffer.wrap("text".getBytes()));
        Inode found = find("f");
        files.retain(found);
        change(READ, (request, reply) -> null);
        Fails.with(Errno.EIO, () -> files.read(found, 0, ByteBuffer.allocate(9)));
        assertEquals(List.of("virtiofs: no answer to operation 15"), problems);
        change = (request, reply) -> reply;
        asked.clear();
        assertEquals(4, files.read(found, 0, ByteBuffer.allocate(9)));
        assertEquals(List.of(INIT, DESTROY, INIT, GETATTR), asked.subList(0, 4));
        files.release(found);
        files.unmount();
        assertEquals(1, server.given());
    }

    @Test
    void aFileThatIsAnotherOneAfterwardsIsNotOpenedAgain() throws Exception {
        memory.write(make("f"), 0, ByteBuffer.wrap("text".getBytes()));
        Inode found = find("f");
        files.retain(found);
        memory.unlink(memory.root(), name("f"));
        make("f");
        change(READ, (request, reply) -> null);
        Fails.with(Errno.EIO, () -> files.read(found, 0, ByteBuffer.allocate(9)));
        change = (request, reply) -> reply;
        Fails.with(Errno.ENOENT, () -> files.read(found, 0, ByteBuffer.allocate(9)));
        files.release(found);
    }

    @Test
    void otherVersionsAreNotSpoken() {
        for (int[] version : new int[][] {{6, 40}, {8, 0}, {7, 30}}) {
            change(INIT, (request, reply) -> reply.putInt(16, version[0]).putInt(20, version[1]));
            Fails.with(Errno.EPROTONOSUPPORT, this::mount);
            server.answer(destroy());
        }
        change(INIT, (request, reply) -> reply.putInt(36, 100));
        FileException e = assertThrows(FileException.class, this::mount);
        assertTrue(e.getMessage().contains("takes 100 bytes at once"), e.getMessage());
    }

    private static byte[] destroy() {
        ByteBuffer bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putInt(40).putInt(DESTROY).putLong(2).array();
    }

    @Test
    void impossibleNamesAreNoEntries() throws Exception {
        make("ab");
        Inode root = files.root();
        for (char wrong : new char[] {'/', 0}) {
            change(READDIR, (request, reply) -> reply.put(16 + 24, (byte) wrong));
            Fails.with(Errno.EIO, () -> files.nextEntry(root, DirectoryEntry.START));
            assertTrue(problems.getLast().endsWith("impossible name"), problems.getLast());
        }
        change(READDIR, (request, reply) -> reply.putInt(16 + 16, 256));
        Fails.with(Errno.EIO, () -> files.nextEntry(root, DirectoryEntry.START));
        change(READDIR, (request, reply) -> reply.putLong(16 + 8, -5));
        Fails.with(Errno.EIO, () -> files.nextEntry(root, DirectoryEntry.START));
        change(READDIR, (request, reply) -> reply.putInt(16 + 16, 1).put(16 + 24, (byte) '.'));
        assertEquals(null, files.nextEntry(root, DirectoryEntry.START), "dots are skipped");
    }

    /** The request goes on: nobody would take it back. */
    @Test
    void whoIsInterruptedHasTheBytesNevertheless() throws Exception {
        memory.write(make("f"), 0, ByteBuffer.wrap("text".getBytes()));
        Inode found = find("f");
        Thread.currentThread().interrupt();
        ByteBuffer to = ByteBuffer.allocate(9);
        assertEquals(4, files.read(found, 0, to));
        assertTrue(Thread.interrupted());
    }

    @Test
    void largeFilesGoInSeveralMessages() throws Exception {
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);
        Inode file = files.create(files.root(), name("f"), 0640);
        assertEquals(content.length, files.write(file, 0, ByteBuffer.wrap(content)));
        ByteBuffer to = ByteBuffer.allocate(2 * content.length);
        assertEquals(content.length, files.read(file, 0, to));
        assertArrayEquals(content, Arrays.copyOf(to.array(), content.length));
        Attributes attributes = files.attributes(file);
        assertEquals(content.length, attributes.size());
        assertEquals(0640, attributes.permissions());
        int open = server.given();
        for (int i = 0; i < 300; i++) {
            files.create(files.root(), name("a file " + i), 0600);
        }
        assertTrue(server.given() <= open + 128, "nodes " + server.given());
    }
}
