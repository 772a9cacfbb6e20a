package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessIdentityTest {
    @Test
    void thisProcessIsAlive() {
        assertTrue(ProcessIdentity.current().isAlive());
        assertEquals(ProcessIdentity.current(), ProcessIdentity.of(ProcessHandle.current().pid()));
    }

    @Test
    void aLaterProcessOfTheSameNumberIsAnother() {
        ProcessIdentity self = ProcessIdentity.current();
        ProcessIdentity earlier = new ProcessIdentity(self.pid(), self.start() + "0");
        assertFalse(earlier.isAlive());
        earlier.kill(); // or this would be the end of the test
        assertFalse(new ProcessIdentity(self.pid(), "").isAlive());
    }

    @Test
    void oneThatHasEndedIsNotAlive() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "600").start();
        ProcessIdentity identity = ProcessIdentity.of(process.pid());
        assertTrue(identity.isAlive());
        identity.kill();
        process.waitFor();
        assertFalse(identity.isAlive());
        assertFalse(ProcessIdentity.of(process.pid()).isAlive());
    }

    /** Its parent does not ask for its exit code, and so it is still there. */
    @Test
    void aZombieIsNotAlive() throws IOException {
        String script = "exec 3<&0; cat <&3 > /dev/null & echo $!; exec sleep 600";
        Process parent = new ProcessBuilder("sh", "-c", script).start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            Waiting.until(
                    () ->
                            parent.info()
                                    .arguments()
                                    .map(words -> words[0].equals("600"))
                                    .orElse(false),
                    "a parent that is no shell");
            parent.getOutputStream().close(); // which ends the child
            Waiting.until(() -> !ProcessIdentity.of(child).isAlive(), "the child's end");
        } finally {
            parent.destroyForcibly();
        }
    }
}
