package dev.cortado.system.libraries;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP out of and into direct buffers, which are freed at once. */
final class NettyPart {
    private static final int ROUNDS = 2000;
    private static final int LARGE = 1 << 20;

    private NettyPart() {}

    static void run() {
        EmbeddedChannel channel =
                new EmbeddedChannel(new HttpServerCodec(), new HttpObjectAggregator(1 << 16));
        ByteBuf in = PooledByteBufAllocator.DEFAULT.directBuffer();
        in.writeCharSequence(
                "POST /coffee?strong HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhello",
                StandardCharsets.US_ASCII);
        channel.writeInbound(in);
        FullHttpRequest request = channel.readInbound();
        System.out.println(request.method() + " " + request.uri() + " " + request.headers());
        System.out.println(request.content().toString(StandardCharsets.UTF_8));
        request.release();
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer("caf\u00e9", StandardCharsets.UTF_8));
        response.headers()
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        channel.writeOutbound(response);
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            text.append(out.toString(StandardCharsets.UTF_8));
            out.release();
        }
        System.out.println(text.toString().replace("\r\n", "|"));
        channel.finishAndReleaseAll();
        for (ByteBufAllocator allocator :
                List.of(PooledByteBufAllocator.DEFAULT, UnpooledByteBufAllocator.DEFAULT)) {
            System.out.println(directBuffers(allocator));
        }
    }

    /** Two gigabytes in all: they fit only if each is freed before the next. */
    private static long directBuffers(ByteBufAllocator allocator) {
        long sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            ByteBuf buffer = allocator.directBuffer(LARGE, LARGE);
            buffer.setLong(8, i).writerIndex(LARGE);
            sum += buffer.getLong(8) + (buffer.isDirect() ? 1 : 0);
            buffer.release();
        }
        return sum;
    }
}
