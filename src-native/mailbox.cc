#include "mailbox.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "background.h"
#include "held.h"
#include "objects.h"
#include "pool.h"
#include "task.h"
#include "words.h"

namespace rustdll {
namespace {

// The number of words of a post that has a message instead.
constexpr uint32_t kInMessage = UINT32_MAX;

// The longest that a thread waits before it looks again whether it still has to.
constexpr uint32_t kMostMilliseconds = 3600000;

// Counts the time that a thread waits.
class Patience {
 public:
  explicit Patience(uint64_t milliseconds) : left_(milliseconds) {}

  // Waits until the condition is notified. Returns false once the time has elapsed.
  bool Wait(Condition& condition, Mutex& mutex) {
    const uint32_t piece = static_cast<uint32_t>(std::min<uint64_t>(left_, kMostMilliseconds));
    const bool in_time = condition.Wait(mutex, piece);
    if (!in_time && left_ != kForever) left_ -= piece;
    return in_time || left_ > 0;
  }

 private:
  uint64_t left_;
};

// Destroys the messages of a list. No mutex of a mailbox is held.
void DestroyAll(Message* message) {
  while (message != nullptr) {
    Message* const next = message->next;
    message->Destroy();
    message = next;
  }
}

}  // namespace

Message* Message::Make(HeldValue* held, const Invocation& invocation, uint32_t request) {
  const size_t words = 8 * static_cast<size_t>(invocation.count);
  const size_t bytes = static_cast<size_t>(invocation.bytes);
  void* const memory = std::malloc(sizeof(Message) + words + bytes);
  if (memory == nullptr) return nullptr;
  Message* const message = new (memory)
      Message{nullptr, held, request, invocation.count, invocation.bytes, invocation.units, invocation.objects, 0};
  // The casts are sound: the memory after the message was allocated for the words and the text.
  if (words > 0) std::memcpy(const_cast<uint64_t*>(message->words()), invocation.words, words);
  if (bytes > 0) std::memcpy(const_cast<char*>(message->text()), invocation.text, bytes);
  held->Retain();
  return message;
}

void Message::Destroy() {
  Objects::Discard(objects);
  held->Release();
  std::free(this);
}

Mailbox* Mailbox::Open(Napi::Env env, Napi::Function drain, Background* background) {
  void* memory = std::malloc(sizeof(Mailbox));
  if (memory == nullptr) {
    Napi::RangeError::New(env, "no memory for calls in the background").ThrowAsJavaScriptException();
    return nullptr;
  }
  Mailbox* mailbox = new (memory) Mailbox();
  mailbox->env_ = env;
  mailbox->thread_ = CurrentThread();
  mailbox->background_ = background;
  const napi_value name = Napi::String::New(env, "rustdll");
  napi_status status = napi_create_threadsafe_function(env, drain, nullptr, name, 0, 1, nullptr, nullptr, mailbox,
                                                       Drain, &mailbox->wake_);
  if (status == napi_ok) {
    napi_unref_threadsafe_function(env, mailbox->wake_);
    // Hooks run in the reverse order of being added, so this one runs before the function above is destroyed.
    status = napi_add_env_cleanup_hook(env, Close, mailbox);
  }
  if (status == napi_ok) return mailbox;
  mailbox->Release();
  Napi::Error::New(env).ThrowAsJavaScriptException();
  return nullptr;
}

void Mailbox::Release() {
  if (owners_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  this->~Mailbox();
  std::free(this);
}

void Mailbox::Deliver(Task* task) {
  task->callbacks_before = messages_.load() + posts_.reserved();
  // A list that is not empty is going to be taken, with all that has been added by then; so nothing else is left to do,
  // and with the task this thread gives up the mailbox.
  Task* newest = arrived_.load();
  while (newest != nullptr) {
    task->next = newest;
    if (arrived_.compare_exchange_weak(newest, task)) return;
  }
  bool is_closed;
  bool rings = false;
  {
    Guard guard(mutex_);
    is_closed = IsClosed();
    if (!is_closed) {
      do {
        task->next = newest;
      } while (!arrived_.compare_exchange_weak(newest, task));
      // Only the thread that found the list empty wakes JavaScript, which may have taken the task by now.
      rings = newest == nullptr;
      if (rings) ringing_.fetch_add(1);
    }
  }
  if (is_closed) task->Destroy();
  if (!rings) return;
  // The mutex is not held: JavaScript often wakes on the processor of this thread, and it, and the next thread that
  // completes a call, would wait until this thread goes on.
  Ring();
  ringing_.fetch_sub(1);
}

void Mailbox::Notify() {
  Guard guard(mutex_);
  if (IsClosed() || has_news_) return;
  has_news_ = true;
  Ring();
}

bool Mailbox::TakeNews() {
  Guard guard(mutex_);
  const bool had_news = has_news_;
  has_news_ = false;
  return had_news;
}

uint32_t Mailbox::Call(HeldValue* held, Invocation* invocation, const Context* context, uint64_t patience) {
  Reference* const objects = invocation->objects;
  invocation->objects = nullptr;
  if (patience == 0) {
    Objects::Discard(objects);
    return kWouldWait;
  }
  uint32_t status;
  Message* message = nullptr;
  pool::BeginWaiting();
  {
    Guard guard(mutex_);
    const bool is_cancelled =
        context != nullptr && (context->flags.load(std::memory_order_relaxed) & kContextCancelled) != 0;
    if (IsClosed()) {
      status = kClosed;
    } else if (is_cancelled) {
      status = kCancelled;
    } else {
      const uint32_t number = NumberOfNext();
      message = Message::Make(held, *invocation, number);
      status = kNoRoom;
      if (message != nullptr) {
        message->objects = objects;
        Request request{invocation, context, number, kTimedOut, false, {}, nullptr, nullptr};
        free_.pop_back();
        requests_[number] = &request;
        Append(message);
        Patience left(patience);
        while (!request.is_complete && left.Wait(request.condition, mutex_)) {
        }
        if (!request.is_complete) Complete(&request, kTimedOut);
        status = request.status;
      }
    }
  }
  pool::EndWaiting();
  if (message == nullptr) Objects::Discard(objects);
  return status;
}

uint32_t Mailbox::NumberOfNext() {
  if (free_.empty()) {
    free_.push_back(static_cast<uint32_t>(requests_.size()));
    requests_.push_back(nullptr);
  }
  return free_.back();
}

uint32_t Mailbox::Ask(HeldValue* held, Invocation* invocation, void (*done)(Invocation*, uint32_t)) {
  Reference* const objects = invocation->objects;
  invocation->objects = nullptr;
  uint32_t status = kNoRoom;
  void* const memory = std::malloc(sizeof(Request));
  Message* message = nullptr;
  if (memory != nullptr) {
    Guard guard(mutex_);
    const uint32_t number = NumberOfNext();
    if (IsClosed()) {
      status = kClosed;
    } else {
      message = Message::Make(held, *invocation, number);
    }
    if (message != nullptr) {
      message->objects = objects;
      requests_[number] = new (memory) Request{invocation, nullptr, number, kReturned, false, {}, done, nullptr};
      free_.pop_back();
      Append(message);
      return kReturned;
    }
  }
  std::free(memory);
  Objects::Discard(objects);
  return status;
}

uint32_t Mailbox::Post(HeldValue* held, const Invocation& invocation, uint64_t patience) {
  const bool is_small = invocation.count <= kPostWords && invocation.bytes == 0 && invocation.objects == nullptr;
  Message* const message = is_small ? nullptr : Message::Make(held, invocation, kPosted);
  if (!is_small && message == nullptr) {
    Objects::Discard(invocation.objects);
    return kNoRoom;
  }
  uint64_t position = 0;
  uint32_t status = IsClosed() ? kClosed : kReturned;
  if (status == kReturned && !posts_.Reserve(&position)) {
    // The thread that is to make room cannot wait for it.
    status = WaitForRoom(IsOwnThread() ? 0 : patience, &position);
  }
  if (status != kReturned) {
    if (message != nullptr) message->Destroy();
    return status;
  }
  Posts::Place& place = posts_.At(position);
  place.message = message;
  // The function has to be there only for as long as JavaScript does not take its number back, which it does after
  // this.
  place.post.held = held->number();
  place.post.count = is_small ? static_cast<uint32_t>(invocation.count) : kInMessage;
  if (is_small) CopyWords(place.post.words, invocation.words, static_cast<size_t>(invocation.count));
  posts_.Publish(position);
  // Either this thread sees that JavaScript has fallen asleep, or JavaScript, before it does, sees the post.
  return is_awake_.load() ? uint32_t{kReturned} : WakeForPost();
}

uint32_t Mailbox::WaitForRoom(uint64_t patience, uint64_t* position) {
  if (patience > 0) pool::BeginWaiting();
  uint32_t status = kReturned;
  {
    Guard guard(mutex_);
    producers_++;
    Patience left(patience);
    bool in_time = patience > 0;
    if (!posts_.IsOpen() && !posts_.Open()) status = kNoRoom;
    while (status == kReturned) {
      if (IsClosed()) {
        status = kClosed;
      } else if (posts_.Reserve(position)) {
        break;
      } else if (!in_time) {
        status = patience == 0 ? kWouldWait : kTimedOut;
      } else {
        in_time = left.Wait(has_room_, mutex_);
      }
    }
    producers_--;
  }
  if (patience > 0) pool::EndWaiting();
  return status;
}

uint32_t Mailbox::WakeForPost() {
  Message* dropped;
  {
    Guard guard(mutex_);
    if (!IsClosed()) {
      if (!is_awake_.exchange(true)) Ring();
      return kReturned;
    }
    dropped = DropPosts();
  }
  DestroyAll(dropped);
  return kClosed;
}

Message* Mailbox::DropPosts() {
  Message* dropped = nullptr;
  while (const Posts::Place* const place = posts_.Next()) {
    if (Message* const message = place->message) {
      message->next = dropped;
      dropped = message;
    }
    posts_.Take(1);
  }
  return dropped;
}

void Mailbox::Append(Message* message) {
  messages_++;
  message->posts_before = posts_.reserved();
  if (first_message_.load(std::memory_order_relaxed) == nullptr) {
    first_message_.store(message);
    if (!is_awake_.exchange(true)) Ring();
  } else {
    last_message_->next = message;
  }
  last_message_ = message;
}

void Mailbox::Complete(Request* request, uint32_t status) {
  // The number is free once JavaScript, which may have it, has answered.
  requests_[request->number] = nullptr;
  request->status = status;
  if (request->done != nullptr) {
    request->next = answered_;
    answered_ = request;
    return;
  }
  request->is_complete = true;
  request->condition.NotifyOne();
}

void Mailbox::TellAnswered() {
  Request* request;
  {
    Guard guard(mutex_);
    request = answered_;
    answered_ = nullptr;
  }
  while (request != nullptr) {
    Request* const next = request->next;
    request->done(request->invocation, request->status);
    std::free(request);
    request = next;
  }
}

void Mailbox::CancelRequests(const Context* context) {
  Guard guard(mutex_);
  for (Request* request : requests_) {
    if (request != nullptr && request->context == context) Complete(request, kCancelled);
  }
}

Message* Mailbox::TakeNext(SmallPost* posts, uint32_t* count) {
  *count = 0;
  for (;;) {
    if (Message* const message = TakeRequest()) {
      is_awake_.store(true, std::memory_order_relaxed);
      return message;
    }
    const uint64_t most = taken_ != nullptr ? taken_->posts_before - posts_.taken() : uint64_t{kPosts};
    uint64_t taken = 0;
    Message* message = nullptr;
    while (taken < std::min<uint64_t>(most, kPosts)) {
      const Posts::Place* const place = posts_.Next(taken);
      if (place == nullptr) break;
      // Whoever has published it may have made a request before.
      if (taken_ == nullptr && first_message_.load(std::memory_order_relaxed) != nullptr) break;
      if (place->message != nullptr) {
        if (taken == 0) message = place->message;
        break;
      }
      SmallPost& post = posts[taken++];
      post.held = place->post.held;
      post.count = place->post.count;
      CopyWords(post.words, place->post.words, post.count);
    }
    if (taken > 0 || message != nullptr) {
      is_awake_.store(true, std::memory_order_relaxed);
      GiveBack(message != nullptr ? 1 : taken);
      *count = static_cast<uint32_t>(taken);
      return message;
    }
    if (taken_ == nullptr && first_message_.load(std::memory_order_relaxed) != nullptr) continue;
    is_awake_.store(false);
    // Whoever has added one before that has not rung.
    if ((taken_ != nullptr || first_message_.load() == nullptr) && posts_.Next() == nullptr) return nullptr;
  }
}

Message* Mailbox::TakeRequest() {
  for (;;) {
    if (taken_ == nullptr) {
      if (first_message_.load(std::memory_order_relaxed) == nullptr) return nullptr;
      Guard guard(mutex_);
      taken_ = first_message_.load(std::memory_order_relaxed);
      first_message_.store(nullptr, std::memory_order_relaxed);
    }
    Message* const message = taken_;
    // The comparison is of positions: those before it were reserved, and those who did have only to publish them.
    if (message->posts_before > posts_.taken()) return nullptr;
    taken_ = message->next;
    taken_messages_++;
    {
      Guard guard(mutex_);
      if (requests_[message->request] != nullptr) return message;
      // Nobody waits for it any more.
      free_.push_back(message->request);
    }
    message->Destroy();
  }
}

void Mailbox::GiveBack(uint64_t posts) {
  posts_.Take(posts);
  // Those who wait go on when half of the ring is free, so that they do not wake for each place.
  if (producers_.load() == 0 || posts_.reserved() - posts_.taken() > Posts::kMost / 2) return;
  Guard guard(mutex_);
  has_room_.NotifyAll();
}

void Mailbox::Keep(bool on) {
  bool is_here;
  {
    Guard guard(mutex_);
    kept_.fetch_add(on ? 1 : size_t{0} - 1, std::memory_order_relaxed);
    if (IsClosed()) return;
    is_here = IsOwnThread();
    if (!is_here) Ring();
  }
  // The event loop may have nothing else to do, and end before it hears of a ring.
  if (is_here) background_->Hold();
}

void Mailbox::EndTask() {
  if (tasks_.fetch_sub(1) == 1 && IsClosed()) ReleaseInherited();
}

void Mailbox::Inherit(std::vector<HeldValue*> values) {
  {
    Guard guard(mutex_);
    inherited_ = std::move(values);
  }
  // The last call may have ended before.
  if (tasks_.load() == 0) ReleaseInherited();
}

void Mailbox::ReleaseInherited() {
  std::vector<HeldValue*> values;
  {
    Guard guard(mutex_);
    values.swap(inherited_);
  }
  for (HeldValue* value : values) value->Release();
}

bool Mailbox::Forget(HeldValue* held) {
  Guard guard(mutex_);
  if (held->is_unused()) {
    if (posts_.reserved() == posts_.taken()) return true;
    AddUnused(held);
  } else {
    held->is_awaited = true;
  }
  return false;
}

void Mailbox::Unused(HeldValue* held) {
  Guard guard(mutex_);
  // JavaScript may have found that out meanwhile, and used it again.
  if (IsClosed() || !held->is_awaited || !held->is_unused()) return;
  held->is_awaited = false;
  AddUnused(held);
}

void Mailbox::AddUnused(HeldValue* held) {
  // Posts of it may still wait, which were made before whoever made them gave it up.
  held->posts_before = posts_.reserved();
  held->next = nullptr;
  if (first_unused_ == nullptr) {
    first_unused_ = held;
    Ring();
  } else {
    last_unused_->next = held;
  }
  last_unused_ = held;
}

HeldValue* Mailbox::TakeUnused() {
  Guard guard(mutex_);
  HeldValue* const held = first_unused_;
  if (held == nullptr || held->posts_before > posts_.taken()) return nullptr;
  first_unused_ = held->next;
  return held;
}

void Mailbox::Ring() { napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking); }

Task* Mailbox::Take() {
  Task* newest = arrived_.exchange(nullptr);
  Task* oldest = nullptr;
  while (newest != nullptr) {
    Task* const older = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = older;
  }
  return oldest;
}

void Mailbox::Hold(bool on) {
  if (on) {
    napi_ref_threadsafe_function(env_, wake_);
  } else {
    napi_unref_threadsafe_function(env_, wake_);
  }
}

void Mailbox::Drain(napi_env env, napi_value drain, void* mailbox, void*) {
  // `env` is null while the function is being destroyed.
  if (env == nullptr || static_cast<Mailbox*>(mailbox)->IsClosed()) return;
  napi_value undefined;
  if (napi_get_undefined(env, &undefined) == napi_ok) {
    napi_call_function(env, undefined, drain, 0, nullptr, nullptr);
  }
}

void Mailbox::Close(void* data) {
  // The cast restores what Open passed.
  Mailbox* const mailbox = static_cast<Mailbox*>(data);
  Message* posts;
  Message* requests;
  Task* last_woken = nullptr;
  Task* woken;
  {
    Guard guard(mailbox->mutex_);
    mailbox->closed_.store(true);
    // No call is destroyed by its thread before the mutex is unlocked.
    woken = mailbox->background_->WakeAll(&last_woken);
    for (Request* request : mailbox->requests_) {
      if (request != nullptr) mailbox->Complete(request, kClosed);
    }
    mailbox->has_room_.NotifyAll();
    // Whoever publishes a post from now on drops it, and those after it.
    mailbox->is_awake_.store(false);
    posts = mailbox->DropPosts();
    requests = mailbox->first_message_.exchange(nullptr);
    mailbox->last_message_ = nullptr;
    // The function is destroyed after this, and the mailbox may be.
    while (mailbox->ringing_.load() > 0) mailbox->has_room_.Wait(mailbox->mutex_, 1);
  }
  DestroyAll(mailbox->taken_);
  mailbox->taken_ = nullptr;
  if (woken != nullptr) pool::Publish(woken, last_woken);
  DestroyAll(requests);
  DestroyAll(posts);
  mailbox->TellAnswered();
  mailbox->background_->Close();
  for (Task* task = mailbox->Take(); task != nullptr;) {
    Task* const next = task->next;
    task->Destroy();
    task = next;
  }
  mailbox->Release();
}

}  // namespace rustdll
