package dev.cortado.system.servers.vertx;

import dev.cortado.system.servers.site.Pattern;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** The pattern, as much at a time as goes out. */
final class PatternOutput {
    private static final int PIECE = 8192;

    private final HttpServerResponse response;
    private final int length;
    private int place;

    PatternOutput(HttpServerResponse response, int length) {
        this.response = response;
        this.length = length;
    }

    void write() {
        while (place < length && !response.closed()) {
            if (response.writeQueueFull()) {
                response.drainHandler(nothing -> write());
                return;
            }
            int end = Math.min(length, place + PIECE);
            response.write(Buffer.buffer(Pattern.piece(place, end)));
            place = end;
        }
        if (!response.closed() && !response.ended()) {
            response.end();
        }
    }
}
