package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mechanisms of SASL, whose factories the JDK finds by its security providers. */
final class SaslTest {
    private static final Map<String, String> PROPERTIES =
            new HashMap<>(Map.of(Sasl.QOP, "auth", Sasl.POLICY_NOPLAINTEXT, "false"));

    @ParameterizedTest
    @ValueSource(strings = {"CRAM-MD5", "DIGEST-MD5"})
    void bothSidesAgree(String mechanism) throws SaslException {
        SaslClient client = client(mechanism, "secret");
        SaslServer server = server(mechanism);
        talk(client, server);
        assertTrue(client.isComplete());
        assertEquals("user", server.getAuthorizationID());
    }

    @Test
    void aWrongPasswordIsRefused() throws SaslException {
        assertThrows(
                SaslException.class, () -> talk(client("CRAM-MD5", "guess"), server("CRAM-MD5")));
    }

    private static void talk(SaslClient client, SaslServer server) throws SaslException {
        byte[] response = new byte[0];
        while (!server.isComplete()) {
            byte[] challenge = server.evaluateResponse(response);
            if (challenge != null && !client.isComplete()) {
                response = client.evaluateChallenge(challenge);
            }
        }
    }

    private static SaslClient client(String mechanism, String password) throws SaslException {
        SaslClient client =
                Sasl.createSaslClient(
                        new String[] {mechanism},
                        null,
                        "protocol",
                        "server",
                        PROPERTIES,
                        callbacks -> answer(callbacks, password));
        assertNotNull(client, mechanism);
        return client;
    }

    private static SaslServer server(String mechanism) throws SaslException {
        SaslServer server =
                Sasl.createSaslServer(
                        mechanism,
                        "protocol",
                        "server",
                        PROPERTIES,
                        callbacks -> answer(callbacks, "secret"));
        assertNotNull(server, mechanism);
        return server;
    }

    private static void answer(Callback[] callbacks, String password) {
        for (Callback callback : callbacks) {
            switch (callback) {
                case NameCallback name -> name.setName("user");
                case PasswordCallback secret -> secret.setPassword(password.toCharArray());
                case RealmCallback realm -> realm.setText("server");
                case AuthorizeCallback authorize -> authorize.setAuthorized(true);
                default -> throw new IllegalArgumentException(callback.toString());
            }
        }
    }
}
