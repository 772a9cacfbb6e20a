package dev.cortado.runtime.file.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.cortado.runtime.file.FileKind;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Handles of sessions that only remember what they were given back. */
final class HandlesTest {
    private final List<Handle> dropped = new ArrayList<>();
    private final Set<Session> dead = new HashSet<>();
    private final FolderInode root = new FolderInode(null, 1, FileKind.DIRECTORY, null, null);
    private int number;

    private Session session() {
        String name = "session " + dead.size();
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (self, method, arguments) ->
                                switch (method.getName()) {
                                    case "isAlive" -> !dead.contains(self);
                                    case "rootNumber" -> 1L;
                                    case "root" -> new Handle((Session) self, 0);
                                    case "walk" -> found((Session) self);
                                    case "drop" -> dropped.add((Handle) arguments[0]) ? null : null;
                                    case "hashCode" -> System.identityHashCode(self);
                                    case "equals" -> self == arguments[0];
                                    default -> name;
                                });
    }

    private Found found(Session session) {
        return new Found(new Handle(session, ++number), 2, FileKind.REGULAR, null);
    }

    private FolderInode file(String name) {
        FolderInode.Step step = new FolderInode.Step(root, name.getBytes());
        return new FolderInode(null, 2, FileKind.REGULAR, step, null);
    }

    private Sessions sessions() throws Exception {
        Protocol protocol =
                (Protocol)
                        Proxy.newProxyInstance(
                                Protocol.class.getClassLoader(),
                                new Class<?>[] {Protocol.class},
                                (self, method, arguments) -> session());
        return new Sessions(protocol, () -> null, Patience.USUAL, problem -> {});
    }

    /** One that comes late, from a session that is over, is in nobody's way. */
    @Test
    void aHandleOfTheNextSessionIsKept() throws Exception {
        Sessions sessions = sessions();
        Handles handles = new Handles(sessions);
        FolderInode file = file("f");
        Handle late = new Handle(sessions.current(), 7);
        dead.add(sessions.current());
        Handle now = new Handle(sessions.current(), 8);
        assertSame(now, handles.adopt(file, now));
        assertSame(now, handles.adopt(file, late));
        handles.unpin(file);
        handles.unpin(file);
        handles.dropIdle();
        assertEquals(List.of(late, now), dropped);
    }

    /** A server may keep a file as long as it has a handle, and its blocks with it. */
    @Test
    void whoseNameIsTakenIsNotKeptForLater() throws Exception {
        Handles handles = new Handles(sessions());
        FolderInode idle = file("idle");
        FolderInode used = file("used");
        for (FolderInode each : List.of(idle, used)) {
            handles.pin(each);
        }
        handles.unpin(idle);
        handles.dropIdle(root, "other".getBytes());
        handles.dropIdle(root, "used".getBytes());
        assertEquals(List.of(), dropped);
        Handle first = idle.handle();
        handles.dropIdle(root, "idle".getBytes());
        assertEquals(List.of(first), dropped);
        handles.pin(idle);
        assertEquals(3, number, "it was walked to again");
    }
}
