package dev.cortado.system.servers.vertx;

import dev.cortado.system.servers.site.Sum;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.nio.ByteBuffer;

/** Answers messages of the event bus with the sum of their bytes, in a thread of its own. */
final class Sums extends VerticleBase {
    static final String ADDRESS = "sums";

    @Override
    public Future<?> start() {
        return vertx.eventBus().consumer(ADDRESS, Sums::answer).completion();
    }

    private static void answer(Message<Buffer> message) {
        Sum sum = new Sum();
        sum.add(ByteBuffer.wrap(message.body().getBytes()));
        message.reply(sum + "\n");
    }
}
