import { Adapter, type Room, type SocketId } from 'socket.io-adapter';

/** Channels in memory, without the room that Socket.IO creates for each socket: nothing is sent to it. */
export class LeanAdapter extends Adapter {
  override addAll(id: SocketId, rooms: Set<Room>): void {
    if (rooms.size === 1 && rooms.has(id)) return;
    void super.addAll(id, rooms);
  }
}
