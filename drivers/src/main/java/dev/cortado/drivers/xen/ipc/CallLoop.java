package dev.cortado.drivers.xen.ipc;

import dev.cortado.drivers.xen.connection.CallMessage;
import dev.cortado.kernel.ipc.Endpoint;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.ipc.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Passes one client's calls to an endpoint, one after the other. */
final class CallLoop<Q, R> implements Runnable {
    private static final int LONGEST_TEXT = 256;

    private final DomainChannel channel;
    private final Endpoint<Q, R> endpoint;
    private final Codec<Q, R> codec;

    CallLoop(DomainChannel channel, Endpoint<Q, R> endpoint, Codec<Q, R> codec) {
        this.channel = channel;
        this.endpoint = endpoint;
        this.codec = codec;
    }

    @Override
    public void run() {
        try (channel) {
            while (true) {
                CallMessage request = CallMessage.decode(channel.receiver().receive());
                if (request.kind() != CallMessage.REQUEST) {
                    return;
                }
                channel.sender().send(answer(request).encode());
            }
        } catch (EndpointClosedException | IOException | InterruptedException e) {
            // The client has ended, or does not keep to the rules.
        }
    }

    private CallMessage answer(CallMessage request) throws InterruptedException {
        try {
            R reply = endpoint.call(codec.decodeRequest(request.body()));
            return new CallMessage(request.number(), CallMessage.REPLY, codec.encodeReply(reply));
        } catch (ServiceException e) {
            Throwable cause = e.getCause();
            return failure(request, CallMessage.REFUSED, cause == null ? e : cause);
        } catch (EndpointClosedException e) {
            return failure(request, CallMessage.ENDED, e);
        } catch (IOException e) {
            return failure(request, CallMessage.REFUSED, e);
        }
    }

    private static CallMessage failure(CallMessage request, int kind, Throwable why) {
        String text = why.toString();
        if (text.length() > LONGEST_TEXT) {
            text = text.substring(0, LONGEST_TEXT);
        }
        return new CallMessage(request.number(), kind, text.getBytes(StandardCharsets.UTF_8));
    }
}
