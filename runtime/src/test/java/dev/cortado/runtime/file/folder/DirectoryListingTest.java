package dev.cortado.runtime.file.folder;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Servers whose cookies lead round in a circle. */
final class DirectoryListingTest {
    private static final int STEPS = 1000;

    private final DirectoryListing listing = new DirectoryListing();
    private int asked;

    private OpenHandle directory(LongFunction<Batch> server) {
        Session session =
                (Session)
                        Proxy.newProxyInstance(
                                Session.class.getClassLoader(),
                                new Class<?>[] {Session.class},
                                (self, method, arguments) -> {
                                    asked++;
                                    return server.apply((long) arguments[1]);
                                });
        return new OpenHandle(new Handle(session, 1), 1, 0, 0, true, 0);
    }

    private static Batch batch(long start, long... cookies) throws FileException {
        List<DirectoryEntry> entries = new ArrayList<>();
        for (long cookie : cookies) {
            FileName name = FileName.of("file " + entries.size());
            entries.add(new DirectoryEntry(name, cookie, cookie, FileKind.REGULAR));
        }
        return new Batch(start, cookies[cookies.length - 1], entries);
    }

    private void walk(OpenHandle directory) throws FileException {
        DirectoryEntry at = listing.next(directory, DirectoryEntry.START);
        for (int i = 0; i < STEPS; i++) {
            at = listing.next(directory, at.cookie());
        }
    }

    @Test
    void aMessageDoesNotLeadBackIntoItself() throws Exception {
        Batch circle = batch(DirectoryEntry.START, 1, 2, 1, 3);
        FileException e =
                assertThrows(FileException.class, () -> walk(directory(cookie -> circle)));
        assertTrue(e.getMessage().contains("two entries with the cookie 1"), e.getMessage());
    }

    /** Else nobody would ever be asked again, and so nobody would count. */
    @Test
    void twoMessagesDoNotLeadIntoEachOther() throws Exception {
        Batch first = batch(DirectoryEntry.START, 1, 2, 3);
        Batch second = batch(3, 2, 1);
        walk(directory(cookie -> cookie == 3 ? second : first));
        assertTrue(asked > STEPS / 10, "asked " + asked + " times");
    }
}
