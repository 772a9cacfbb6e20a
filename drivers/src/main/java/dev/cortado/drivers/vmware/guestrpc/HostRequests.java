package dev.cortado.drivers.vmware.guestrpc;

import dev.cortado.drivers.vmware.backdoor.Backdoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What the guest asks of the host (RPCI): a line of text, to which the host says {@code 1} and a
 * result, or {@code 0} and why not. Safe for use by several threads.
 */
final class HostRequests {
    private static final int VERDICT_BYTES = 2;

    private final Backdoor backdoor;

    HostRequests(Backdoor backdoor) {
        this.backdoor = backdoor;
    }

    /**
     * The host's answer.
     *
     * @param done whether it has done what was asked for
     * @param text the result, or why there is none
     */
    record Answer(boolean done, byte[] text) {
        /** For people. */
        String message() {
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    /**
     * Asks.
     *
     * @throws IOException the host does not answer, or with something else
     */
    synchronized Answer ask(String request) throws IOException {
        try (MessageChannel channel = new MessageChannel(backdoor, MessageChannel.RPCI)) {
            channel.send(request.getBytes(StandardCharsets.UTF_8));
            byte[] answer = channel.receive();
            if (answer == null || !isAnswer(answer)) {
                throw new IOException("VMware does not answer: " + request);
            }
            byte[] text = new byte[Math.max(0, answer.length - VERDICT_BYTES)];
            System.arraycopy(answer, Math.min(VERDICT_BYTES, answer.length), text, 0, text.length);
            return new Answer(answer[0] == '1', text);
        }
    }

    /** A digit, and a space if more follows. */
    private static boolean isAnswer(byte[] answer) {
        return answer.length > 0
                && (answer[0] == '0' || answer[0] == '1')
                && (answer.length == 1 || answer[1] == ' ');
    }
}
