package dev.cortado.system.servers.netty;

import dev.cortado.system.servers.site.Pattern;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;

/** The pattern, as much at a time as goes out. */
final class PatternInput implements ChunkedInput<ByteBuf> {
    private static final int PIECE = 8192;

    private final int length;
    private int place;

    PatternInput(int length) {
        this.length = length;
    }

    @Override
    public boolean isEndOfInput() {
        return place == length;
    }

    @Override
    public ByteBuf readChunk(ByteBufAllocator allocator) {
        int end = Math.min(length, place + PIECE);
        ByteBuf piece = allocator.buffer(PIECE).writeBytes(Pattern.piece(place, end));
        place = end;
        return piece;
    }

    @Override
    @Deprecated
    public ByteBuf readChunk(ChannelHandlerContext context) {
        return readChunk(context.alloc());
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long progress() {
        return place;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
