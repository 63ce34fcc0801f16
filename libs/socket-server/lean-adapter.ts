import { Adapter, type Room, type SocketId } from 'socket.io-adapter';

/** Channels in memory, without the channel of its own that Socket.IO gives to each socket: nobody sends there. */
export class LeanAdapter extends Adapter {
  override addAll(id: SocketId, rooms: Set<Room>): void {
    if (rooms.size === 1 && rooms.has(id)) return;
    void super.addAll(id, rooms);
  }
}
