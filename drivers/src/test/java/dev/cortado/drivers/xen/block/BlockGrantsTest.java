package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.Beforehand;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend that does nothing, and keeps pages. */
@Timeout(60)
final class BlockGrantsTest {
    private static final int MEMORY_BYTES = 4 << 20;
    private static final int XVDA = 51712;
    private static final long PATIENCE = 500_000_000L;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final DeviceFrames buffers = new DeviceFrames(source, "buffers");
    private final DeviceFrames frames = new DeviceFrames(source, "ring");
    private final FakeAccess access = new FakeAccess(memory);

    /** It may write to the buffer until it has unmapped it, and that is later than it should. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBufferIsTheBackendsUntilItLetsGo(boolean restored) throws Exception {
        BlockConnection connection =
                new BlockConnection("disk", access, 3, XVDA, 11, PATIENCE, frames);
        DeviceBlock buffer = buffers.allocate(4096, BuddyAllocator.NO_LIMIT);
        Thread caller =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                connection.request(new BlockOperation(0, 0, buffer, 0, 4096));
                            } catch (IOException e) {
                                // It does not answer.
                            }
                        });
        while (connection.underWay() == 0) {
            Thread.sleep(1);
        }
        long request = access.page(connection.ringReference(), true) + 64;
        int grant = memory.readIntAcquire(request + 24);
        synchronized (access) {
            access.used.put(grant, 1);
        }
        caller.join(9000);
        assertTrue(caller.isAlive(), "the page is still mapped");
        assertThrows(
                IOException.class,
                () -> connection.request(new BlockOperation(0, 0, buffer, 0, 4096)));
        if (restored) {
            connection.freeze(true);
            access.forget();
            connection.forget();
            connection.close();
            caller.join();
            assertTrue(connection.isReleased());
        } else {
            synchronized (access) {
                access.used.remove(grant);
            }
            caller.join();
            connection.close();
            assertTrue(connection.isReleased());
            assertEquals(0, access.grants.size());
        }
        assertEquals(0, connection.underWay());
        assertEquals(0, frames.bytes());
    }

    /**
     * The backend may come to the request as long as it has the ring: it would take the reference
     * for that of another page by then.
     */
    @Test
    void aRequestWithoutAnAnswerIsTheBackendsUntilItLetsGoOfTheRing() throws Exception {
        BlockConnection connection =
                new BlockConnection("disk", access, 3, XVDA, 11, PATIENCE, frames);
        synchronized (access) {
            access.used.put(connection.ringReference(), 1);
        }
        DeviceBlock buffer = buffers.allocate(4096, BuddyAllocator.NO_LIMIT);
        Thread caller = Thread.ofPlatform().daemon().start(() -> silence(connection, buffer));
        while (connection.underWay() == 0 || connection.isOpen()) {
            Thread.sleep(1);
        }
        connection.close();
        assertFalse(connection.isReleased());
        caller.join(100);
        assertTrue(caller.isAlive());
        assertEquals(2, access.count(), "the ring, and the request's page");
        assertEquals(1, connection.underWay());
        synchronized (access) {
            access.used.clear();
        }
        caller.join();
        assertTrue(connection.isReleased());
        assertEquals(0, access.count());
        assertEquals(0, frames.bytes());
    }

    /** While the domain is saved a reference becomes another page's, and nobody knows when. */
    @Test
    void nothingIsTakenBackWhileTheDomainIsSaved() {
        GrantEnds ends = new GrantEnds(access);
        int reference = access.grant(3, HostFrames.DEVICE_OFFSET, false);
        ends.hold(true);
        assertFalse(ends.end(reference));
        assertEquals(1, access.count());
        ends.hold(false);
        assertTrue(ends.end(reference));
        assertEquals(0, access.count());
        ends.forget();
        assertTrue(ends.end(reference), "it is not asked for again");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void aConnectionThatCannotBeMadeLeavesNothing(int grants) {
        access.most = grants;
        assertThrows(
                IOException.class,
                () -> new BlockConnection("disk", access, 3, XVDA, 65, PATIENCE, frames));
        assertEquals(0, access.grants.size());
        assertEquals(0, frames.bytes());
    }

    /** Of all that was begun, the grants are ended, whatever memory lacks for. */
    @Test
    void allThatWasBegunIsWaitedForEvenIfMemoryLacks() throws Exception {
        BlockConnection connection =
                new BlockConnection("disk", access, 3, XVDA, 11, PATIENCE, frames);
        DeviceBlock buffer = buffers.allocate(3 * 4096, BuddyAllocator.NO_LIMIT);
        List<BlockTransfer> transfers =
                Stream.of(0, 4096, 8192)
                        .map(at -> BlockTransfer.read(at, buffer, at, 4096))
                        .toList();
        access.grantsWithMemory = 1;
        assertThrows(
                OutOfMemoryError.class,
                () -> JointOperation.make(connection, transfers, transfer -> {}));
        assertEquals(0, connection.underWay());
        assertEquals(0, access.grants.size(), "nobody has the ring either");
    }

    /** The page is its caller's only when it is not the backend's any more. */
    @Test
    void aPageWhoseGrantCannotBeEndedForWantOfMemoryIsEndedLater() throws Exception {
        BlockConnection connection =
                new BlockConnection("disk", access, 3, XVDA, 11, PATIENCE, frames);
        DeviceBlock buffer = buffers.allocate(4096, BuddyAllocator.NO_LIMIT);
        access.lacksMemory = true;
        IOException e = silence(connection, buffer);
        assertEquals("disk: it does not answer", e.getMessage());
        assertEquals(0, connection.underWay());
        assertEquals(0, access.grants.size(), "nobody has the ring either");
    }

    /** A test that ended with such an error itself would be the end of all others. */
    private static IOException silence(BlockConnection connection, DeviceBlock buffer) {
        return assertThrows(
                BlockConnection.LostException.class,
                () -> {
                    try {
                        connection.request(new BlockOperation(0, 0, buffer, 0, 4096));
                    } catch (OutOfMemoryError e) {
                        throw new AssertionError("the backend has the page", e);
                    }
                });
    }

    /** Grants would not be ended. */
    @Test
    void aSilentBackendIsGivenUpWithoutMemory() throws Exception {
        BlockConnection connection =
                new BlockConnection("disk", access, 3, XVDA, 11, PATIENCE, frames);
        DeviceBlock buffer = buffers.allocate(4096, BuddyAllocator.NO_LIMIT);
        IOException e = silence(connection, buffer);
        Beforehand.assertMadeBy(BlockConnection.class, e.getCause());
    }

    @Test
    void aConnectionThatCannotBeMadeForWantOfMemoryLeavesNothing() {
        access.grantsWithMemory = 20;
        assertThrows(
                OutOfMemoryError.class,
                () -> new BlockConnection("disk", access, 3, XVDA, 65, PATIENCE, frames));
        assertEquals(0, access.grants.size());
        assertEquals(0, frames.bytes());
    }

    /** Who comes while the domain is about to be saved is for the next connection. */
    @Test
    void nothingBeginsWhileItIsHeld() throws Exception {
        BlockConnection connection =
                new BlockConnection("disk", access, 3, XVDA, 11, PATIENCE, frames);
        DeviceBlock buffer = buffers.allocate(4096, BuddyAllocator.NO_LIMIT);
        connection.hold();
        IOException e =
                assertThrows(
                        BlockConnection.LostException.class,
                        () -> connection.request(new BlockOperation(0, 0, buffer, 0, 4096)));
        assertEquals("disk: the domain is about to be saved", e.getMessage());
        assertEquals(0, connection.underWay());
        assertEquals(1, access.grants.size());
        connection.close();
        assertTrue(connection.isReleased());
    }
}
