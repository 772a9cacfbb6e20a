package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;

/** Native methods on branches that are seldom gone. */
final class JdkNativesTest {
    @Test
    void aHomeIsNamed() {
        String home = System.getProperty("java.home");
        assertNotNull(home);
        assertFalse(Files.exists(Path.of(home, "conf", "no.properties")));
    }

    @Test
    void nobodyHandedAChannelOn() throws IOException {
        Guest.required();
        assertNull(System.inheritedChannel());
    }

    /** In its root, which is in memory. */
    @Test
    void preferencesLiveAsLongAsTheGuest() throws BackingStoreException {
        Guest.required();
        Preferences preferences = Preferences.userRoot().node("natives");
        preferences.put("key", "value");
        assertEquals("value", preferences.get("key", "none"));
        preferences.flush();
        preferences.sync();
        assertEquals("value", preferences.get("key", "none"));
    }

    @Test
    void theUserIsRoot() {
        Guest.required();
        UnixSystem system = new UnixSystem();
        assertEquals("root", system.getUsername());
        assertEquals(0, system.getUid());
        assertEquals(System.getProperty("user.name"), system.getUsername());
    }

    @Test
    void loginsAreConfiguredByNobody() {
        LoginException e =
                assertThrows(LoginException.class, () -> new LoginContext("nobody").login());
        assertTrue(e.getMessage().contains("nobody"), e.getMessage());
    }

    /** The build has warned of it: see NativesIT. */
    @Test
    void whatNobodyReplacesIsNamed() {
        var e = assertThrows(UnsatisfiedLinkError.class, () -> Unreplaced.call(1));
        assertTrue(e.getMessage().contains("Unreplaced.call"), e.getMessage());
    }
}
